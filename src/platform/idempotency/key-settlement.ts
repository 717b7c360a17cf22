import { setTimeout as delay } from 'node:timers/promises';

import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import { type EntityManager, IsNull } from 'typeorm';

import { DependencyUnavailable } from '../problems/problem.js';
import { Database } from '../database/database.js';
import type { Attempt } from './attempt.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { IdempotencyInFlight } from './idempotency.errors.js';

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 1000;
/** More than the requests a process has under way when it loses its database. Beyond it the oldest are given up. */
const MOST_OPEN = 1000;

/** An answer as it was sent; the body is its text. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** What becomes of a key: its answer, or nothing, when the work came to nothing. */
interface Settlement {
  readonly attempt: Attempt;
  readonly answer: StoredAnswer | undefined;
}

/**
 * Ends attempts: stores their answers, or gives their keys back. Where the database is away it goes on trying, so that
 * whoever comes again need not wait until the key's lock runs out.
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
   * Stores the answer of work that is done, unless that happened already; without one, gives the key back, unless an
   * answer is stored. What was done is done: failing to note it down does not turn it into an error.
   */
  async settle(attempt: Attempt, answer?: StoredAnswer): Promise<void> {
    if (!(await this.try({ attempt, answer }))) this.settleLater(attempt, answer);
  }

  /**
   * The same in the transaction of the work: a crash leaves both or neither.
   * @throws IdempotencyInFlight when the key was taken over meanwhile, so that the work is undone.
   */
  async settleWith(manager: EntityManager, attempt: Attempt, answer?: StoredAnswer): Promise<void> {
    if (!answer) await giveBack(manager, attempt);
    else if (!(await storeAnswer(manager, attempt, answer))) throw new IdempotencyInFlight();
  }

  /** The same once the database can be had, without waiting for it. */
  settleLater(attempt: Attempt, answer?: StoredAnswer): void {
    this.open.set(attempt.holder, { attempt, answer });
    const [oldest] = this.open.keys();
    if (this.open.size > MOST_OPEN && oldest !== undefined) this.open.delete(oldest);
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

  /** @returns false when the database is still away. */
  private async tryOpen(): Promise<boolean> {
    for (const [holder, settlement] of this.open) {
      if (!(await this.try(settlement))) return false;
      this.open.delete(holder);
    }
    return true;
  }

  /** @returns false when trying again may help. */
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

  /** Changes the row only while it is this attempt's and in flight, so that it may be done again. */
  private async write({ attempt, answer }: Settlement): Promise<void> {
    await this.database.transaction(async (manager) => {
      if (answer) await storeAnswer(manager, attempt, answer);
      else await giveBack(manager, attempt);
    });
  }
}

/** By hand, for every request with a key does it. @returns false when the key is no longer this attempt's. */
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
