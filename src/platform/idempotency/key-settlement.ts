import { setTimeout as delay } from 'node:timers/promises';

import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import { type EntityManager, IsNull } from 'typeorm';

import { evictOldest } from '../common/evict-oldest.js';
import { DependencyUnavailable } from '../problems/problem.js';
import { Database } from '../database/database.js';
import type { Attempt } from './attempt.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { IdempotencyInFlight } from './idempotency.errors.js';

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 1000;
/** More than the active requests of a process at an outage. Above it the oldest are dropped. */
const MOST_OPEN = 1000;

/** An answer as it was sent; the body is its text. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** The outcome of a key: its answer, or undefined if the work failed. */
interface Settlement {
  readonly attempt: Attempt;
  readonly answer: StoredAnswer | undefined;
}

/**
 * Ends attempts: stores their answers, or releases their keys. It retries while the database is
 * down, so that a repeated request need not wait until the key's lock expires.
 */
@Injectable()
export class KeySettlement implements OnApplicationShutdown {
  /** By holder, oldest first. */
  private readonly open = new Map<string, Settlement>();
  private readonly stopped = new AbortController();
  private trying = false;

  constructor(
    private readonly database: Database,
    @InjectPinoLogger('idempotency') private readonly logger: PinoLogger,
  ) {}

  /**
   * Stores the answer of completed work, unless it is stored already; without an answer, releases
   * the key, unless an answer is stored. A failure to store it is not an error of the request.
   */
  async settle(attempt: Attempt, answer?: StoredAnswer): Promise<void> {
    if (!(await this.try({ attempt, answer }))) this.settleLater(attempt, answer);
  }

  /**
   * The same in the transaction of the work: a crash leaves both or neither.
   * @throws IdempotencyInFlight if another holder took the key, to roll the work back.
   */
  async settleWith(manager: EntityManager, attempt: Attempt, answer?: StoredAnswer): Promise<void> {
    if (!answer) await giveBack(manager, attempt);
    else if (!(await storeAnswer(manager, attempt, answer))) throw new IdempotencyInFlight();
  }

  /** The same once the database is up, without waiting for it. */
  settleLater(attempt: Attempt, answer?: StoredAnswer): void {
    this.open.set(attempt.holder, { attempt, answer });
    evictOldest(this.open, MOST_OPEN, () => false);
    if (!this.trying) void this.keepTrying();
  }

  onApplicationShutdown(): void {
    this.stopped.abort();
  }

  private async keepTrying(): Promise<void> {
    const { signal } = this.stopped;
    this.trying = true;
    let delayMs = FIRST_DELAY_MS;
    while (this.open.size > 0 && !signal.aborted) {
      await delay(delayMs, undefined, { signal }).catch(() => undefined);
      delayMs = (await this.tryOpen()) ? FIRST_DELAY_MS : Math.min(delayMs * 2, MAX_DELAY_MS);
    }
    this.trying = false;
  }

  /** @returns false if the database is still down. */
  private async tryOpen(): Promise<boolean> {
    for (const [holder, settlement] of this.open) {
      if (!(await this.try(settlement))) return false;
      this.open.delete(holder);
    }
    return true;
  }

  /** @returns false if a retry may help. */
  private async try(settlement: Settlement): Promise<boolean> {
    try {
      await this.write(settlement);
      return true;
    } catch (error) {
      if (error instanceof DependencyUnavailable) return false;
      this.logger.warn({ err: error, dependency: 'database' }, 'idempotency key left in flight');
      return true;
    }
  }

  /**
   * Changes the row only while it belongs to this attempt and is in flight, so that it can be
   * repeated.
   */
  private async write({ attempt, answer }: Settlement): Promise<void> {
    await this.database.transaction(async (manager) => {
      if (answer) await storeAnswer(manager, attempt, answer);
      else await giveBack(manager, attempt);
    });
  }
}

/**
 * By hand, for every request with a key does it. @returns false if another attempt holds the key.
 */
async function storeAnswer(
  manager: EntityManager,
  { scope, key, holder }: Attempt,
  { status, headers, body }: StoredAnswer,
): Promise<boolean> {
  const [, changed] = await manager.query<[unknown[], number]>(
    `UPDATE public.idempotency_keys SET status = $4, headers = $5, body = $6
      WHERE scope = $1 AND key = $2 AND holder = $3 AND status IS NULL`,
    [scope, key, holder, status, headers, body],
  );
  return changed > 0;
}

async function giveBack(manager: EntityManager, { scope, key, holder }: Attempt): Promise<void> {
  await manager.delete(IdempotencyKey, { scope, key, holder, status: IsNull() });
}
