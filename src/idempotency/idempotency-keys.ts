import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { Answer } from '../common/answer.js';
import { Database } from '../database/database.js';
import { type Attempt, currentAttempt } from './attempt.js';
import { IdempotencyInFlight, IdempotencyMismatch } from './idempotency.errors.js';
import type { KeyedRequest } from './keyed-request.js';

/** How long a second request waits for the first one's answer, in milliseconds. */
const WAIT_MS = 5000;
const FIRST_POLL_MS = 20;
const MAX_POLL_MS = 200;

/** Above the longest time a request can take, so that only dead holders lose their key. */
const LOCK = `interval '1 minute'`;
const LIFETIME = `interval '24 hours'`;

/** An answer as it was sent; the body is its text. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Either the work is the caller's to do, or it has been done and this is the answer. */
export type Turn = { readonly attempt: Attempt } | { readonly answer: StoredAnswer };

interface Row extends Omit<StoredAnswer, 'status'> {
  readonly fingerprint: Buffer;
  /** Nothing while in flight. */
  readonly status: number | null;
  /** Too old to count, or in flight and given up by a dead holder. */
  readonly free: boolean;
}

/** The keys of requests that must be done once, and the answers they got. See docs/adr/0010. */
@Injectable()
export class IdempotencyKeys {
  constructor(private readonly database: Database) {}

  /**
   * Takes the key, or waits for the answer of whoever holds it.
   * @throws IdempotencyMismatch, IdempotencyInFlight after the wait, DependencyUnavailable
   */
  async begin(request: KeyedRequest): Promise<Turn> {
    const deadline = Date.now() + WAIT_MS;
    let pollMs = FIRST_POLL_MS;
    for (;;) {
      const row = await this.find(request);
      if (row === undefined || row.free) {
        const attempt = await this.claim(request);
        if (attempt) return { attempt };
        // Somebody was quicker: their row is there now.
        continue;
      }
      if (!request.fingerprints.some((known) => known.equals(row.fingerprint)))
        throw new IdempotencyMismatch();
      const { status, headers, body } = row;
      if (status !== null) return { answer: { status, headers, body } };
      if (Date.now() >= deadline) throw new IdempotencyInFlight();
      await delay(pollMs);
      pollMs = Math.min(pollMs * 2, MAX_POLL_MS);
    }
  }

  /**
   * Stores the answer of the current attempt, if there is one, in the transaction of the work: a
   * crash leaves both or neither.
   * @throws IdempotencyInFlight when the key was taken over meanwhile, so that the work is undone.
   */
  async completeWith(manager: EntityManager, { status, headers, body }: Answer): Promise<void> {
    const attempt = currentAttempt();
    if (attempt === undefined) return;
    const stored = { status, headers, body: JSON.stringify(body) };
    if (!(await update(manager, attempt, stored))) throw new IdempotencyInFlight();
    attempt.stored = true;
  }

  /** Stores the answer of work that is done, unless that happened already. */
  async complete(attempt: Attempt, answer: StoredAnswer): Promise<void> {
    await this.database.transaction((manager) => update(manager, attempt, answer));
  }

  /** Gives the key back after work that came to nothing; a stored answer stays. */
  async release({ scope, key, holder }: Attempt): Promise<void> {
    await this.database.transaction((manager) =>
      manager.query(
        `DELETE FROM idempotency_keys
          WHERE scope = $1 AND key = $2 AND holder = $3 AND status IS NULL`,
        [scope, key, holder],
      ),
    );
  }

  private async find({ scope, key }: KeyedRequest): Promise<Row | undefined> {
    const [row] = await this.database.read((manager) =>
      manager.query<Row[]>(
        `SELECT fingerprint, status, headers, body,
                created_at < now() - ${LIFETIME} OR (status IS NULL AND locked_until < now()) AS free
           FROM idempotency_keys WHERE scope = $1 AND key = $2`,
        [scope, key],
      ),
    );
    return row;
  }

  /** Inserts the key, or takes over the row of one that is free; only one caller succeeds. */
  private async claim(request: KeyedRequest): Promise<Attempt | undefined> {
    const { scope, key, fingerprints } = request;
    const holder = randomUUID();
    const rows = await this.database.transaction((manager) =>
      manager.query<unknown[]>(
        `INSERT INTO idempotency_keys AS known (scope, key, fingerprint, holder, locked_until)
         VALUES ($1, $2, $3, $4, now() + ${LOCK})
         ON CONFLICT (scope, key) DO UPDATE
            SET fingerprint = excluded.fingerprint, holder = excluded.holder,
                locked_until = excluded.locked_until, created_at = now(),
                status = NULL, headers = NULL, body = NULL
          WHERE known.created_at < now() - ${LIFETIME}
             OR (known.status IS NULL AND known.locked_until < now())
         RETURNING 1`,
        [scope, key, fingerprints[0], holder],
      ),
    );
    return rows.length > 0 ? { scope, key, holder, stored: false } : undefined;
  }
}

/** @returns false when the key is no longer this attempt's. */
async function update(
  manager: EntityManager,
  { scope, key, holder }: Attempt,
  { status, headers, body }: StoredAnswer,
): Promise<boolean> {
  const [, changed] = await manager.query<[unknown[], number]>(
    `UPDATE idempotency_keys SET status = $4, headers = $5, body = $6
      WHERE scope = $1 AND key = $2 AND holder = $3 AND status IS NULL`,
    [scope, key, holder, status, headers, body],
  );
  return changed > 0;
}
