import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import type { RedisClientType } from '@redis/client';

import { redisConfig } from './redis.config.js';
import { type Outage, Outages } from '../observability/logging/outages.js';
import { redisPolicy } from '../resilience/dependency-policies.js';
import type { DependencyPolicy } from '../resilience/dependency-policy.js';

/** The package of the client, a tenth of all code: undefined, and not loaded, if Redis is not configured. */
export const REDIS_PACKAGE = Symbol('package of the Redis client');
export type RedisPackage = typeof import('@redis/client');

const COMMAND_TIMEOUT_MS = 500;
/**
 * The client's command time-out ends once a command is written, so a hanging server is detected by
 * its silence.
 */
const PING_INTERVAL_MS = 250;
const SILENCE_MS = 750;
const MAX_RECONNECT_DELAY_MS = 2000;
/**
 * Pause after a refused write before a new connection, since the address may lead to another
 * server.
 */
const LEFT_DELAY_MS = 1000;
/** Key of the write probe, with the prefix of the other keys because of ACLs. */
const PROBE_KEY = 'limit:{probe}';
const PROBE_MS = 1000;

/**
 * The client for Redis, connected and reconnected in the background. Commands fail at once while it
 * is down (no offline queue), so that callers fall back instead of piling up. A server that refuses
 * writes counts as down: its connection is closed, since after a failover the address leads to
 * another server. A connection is used only after a successful write.
 */
@Injectable()
export class RedisConnection implements OnModuleInit, OnApplicationShutdown {
  /** Undefined if Redis is not configured. */
  readonly client: RedisClientType | undefined;
  /** The policy of commands; undefined if Redis is not configured. */
  readonly policy: DependencyPolicy | undefined;
  private readonly outage: Outage | undefined;
  private takesWrites = false;
  private reconnecting: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    @Inject(redisConfig.KEY) config: ConfigType<typeof redisConfig>,
    @Inject(REDIS_PACKAGE) private readonly redis: RedisPackage | undefined,
    @InjectPinoLogger('redis') private readonly logger: PinoLogger,
    outages: Outages,
  ) {
    if (config.url === undefined || redis === undefined) return;
    this.outage = outages.of('redis');
    this.policy = redisPolicy(logger, this.outage);
    this.client = redis.createClient({
      url: config.url,
      disableOfflineQueue: true,
      commandOptions: { timeout: COMMAND_TIMEOUT_MS },
      pingInterval: PING_INTERVAL_MS,
      socket: {
        ...(config.ca !== undefined && { ca: config.ca }),
        socketTimeout: SILENCE_MS,
        connectTimeout: 1000,
        reconnectStrategy: (retries) =>
          Math.min(50 * 2 ** Math.min(retries, 6), MAX_RECONNECT_DELAY_MS),
      },
    }) as RedisClientType;
    this.client.on('error', (error: unknown) => this.onLost(error));
    this.client.on('ready', () => void this.isUp());
  }

  onModuleInit(): void {
    if (this.client) this.connect();
    else this.logger.info('REDIS_URL is not set: limits and caches are kept in process');
  }

  onApplicationShutdown(): void {
    this.closed = true;
    clearTimeout(this.reconnecting);
    this.client?.destroy();
  }

  /** Whether commands can be sent: connected to a server that accepts writes. */
  get isUsable(): boolean {
    return this.client?.isReady === true && this.takesWrites;
  }

  /**
   * True if Redis accepts a write, or is not configured. A server that refuses it is disconnected.
   */
  async isUp(): Promise<boolean> {
    const { client } = this;
    if (client === undefined) return true;
    try {
      await client.set(PROBE_KEY, '', { expiration: { type: 'PX', value: PROBE_MS } });
    } catch (error) {
      if (this.isRefusal(error)) this.leave(error);
      return false;
    }
    this.onUsable();
    return true;
  }

  /**
   * Runs commands. After a refusal it checks whether the server accepts writes at all: a replica
   * does not, nor a server that is full, loads its data, cannot save or has lost its cluster.
   * @returns undefined if it disconnected the server.
   * @throws the errors of the commands.
   */
  async attempt<Result>(commands: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await commands();
    } catch (error) {
      if (this.isRefusal(error) && !(await this.isUp())) return undefined;
      throw error;
    }
  }

  private connect(): void {
    if (!this.closed) void this.client?.connect().catch(() => undefined);
  }

  private isRefusal(error: unknown): error is Error {
    return this.redis !== undefined && error instanceof this.redis.ErrorReply;
  }

  private leave(error: Error): void {
    this.onLost(error);
    // Several commands may have been on their way to the same server.
    if (this.client?.isOpen !== true) return;
    this.client.destroy();
    this.reconnecting = setTimeout(() => this.connect(), LEFT_DELAY_MS).unref();
  }

  private onLost(error: unknown): void {
    this.takesWrites = false;
    this.outage?.failed(error);
  }

  private onUsable(): void {
    this.takesWrites = true;
    this.outage?.succeeded();
  }
}
