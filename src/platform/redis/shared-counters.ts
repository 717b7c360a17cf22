import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import { type Count, LocalCounters } from './local-counters.js';
import { RedisConnection } from './redis-connection.js';

export interface Window {
  readonly key: string;
  readonly windowMs: number;
}

/**
 * Counts each key and starts its window where none is open, all in one atomic step. A key without
 * an expiry, left behind by a fault, gets one.
 */
const SCRIPT = `local counts = {}
for i, key in ipairs(KEYS) do
  counts[2 * i - 1] = redis.call('INCR', key)
  local left = redis.call('PTTL', key)
  if left <= 0 then
    redis.call('PEXPIRE', key, ARGV[i])
    left = tonumber(ARGV[i])
  end
  counts[2 * i] = left
end
return counts`;
const SCRIPT_SHA = createHash('sha1').update(SCRIPT).digest('hex');

/**
 * Fixed-window counters shared by all replicas through Redis. While Redis is down or not
 * configured, each process continues from the last known counts.
 */
@Injectable()
export class SharedCounters {
  private readonly local = new LocalCounters();

  constructor(private readonly redis: RedisConnection) {}

  /** Increments each window. Never throws. @returns counts in the order of the windows. */
  async increment(windows: readonly Window[]): Promise<Count[]> {
    const shared = await this.incrementShared(windows);
    if (shared === undefined) {
      return windows.map(({ key, windowMs }) => this.local.increment(key, windowMs));
    }
    windows.forEach(({ key }, index) => {
      const count = shared[index];
      if (count) this.local.adopt(key, count);
    });
    return shared;
  }

  /** The last known state of a window, to refuse a source over its limit. */
  peek(key: string): Count | undefined {
    return this.local.peek(key);
  }

  private async incrementShared(windows: readonly Window[]): Promise<Count[] | undefined> {
    // Without a connection no command is sent, so that counting resumes at once after the recovery.
    const { policy } = this.redis;
    if (policy === undefined || !this.redis.isUsable) return undefined;
    const keys = windows.map(({ key }) => key);
    const args = windows.map(({ windowMs }) => String(windowMs));
    try {
      const reply = await policy(() => this.redis.attempt(() => this.run(keys, args)));
      if (reply === undefined) return undefined;
      return windows.map((_window, index) => ({
        count: Number(reply[2 * index]),
        remainingMs: Number(reply[2 * index + 1]),
      }));
    } catch {
      // Connection and policy report the failure; here the fallback is a local count.
      return undefined;
    }
  }

  /** By its hash, or in full if the server has not cached it. */
  private async run(keys: string[], args: string[]): Promise<unknown[]> {
    const { client } = this.redis;
    const options = { keys, arguments: args };
    try {
      return (await client?.evalSha(SCRIPT_SHA, options)) as unknown[];
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return (await client?.eval(SCRIPT, options)) as unknown[];
    }
  }
}
