import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';

import { DependencyUnavailable } from '../problems/problem.js';
import { Database } from '../database/database.js';
import type { Attempt } from './attempt.js';
import type { IdempotencyKey } from './idempotency-key.entity.js';
import { IdempotencyInFlight, IdempotencyMismatch } from './idempotency.errors.js';
import { KeySettlement, type StoredAnswer } from './key-settlement.js';
import type { KeyedRequest } from './keyed-request.js';

/** How long a second request waits for the first one's answer, in milliseconds. */
const WAIT_MS = 5000;
const FIRST_POLL_MS = 20;
const MAX_POLL_MS = 200;

/** Above the longest time of a request, so that only dead holders lose their key. */
const LOCK = `interval '1 minute'`;
const LIFETIME = `interval '24 hours'`;

/** The caller must do the work, or gets the stored answer. */
export type Turn = { readonly attempt: Attempt } | { readonly answer: StoredAnswer };

interface Row
  extends Pick<IdempotencyKey, 'fingerprint' | 'status' | 'body'>, Pick<StoredAnswer, 'headers'> {
  /** Expired, or in flight with a dead holder. */
  readonly free: boolean;
}

/**
 * The keys of idempotent requests, and their stored answers. See docs/adr/0010. SQL by hand: it
 * compares times by the clock of the database, and a key is claimed by one conditional statement.
 */
@Injectable()
export class IdempotencyKeys {
  constructor(
    private readonly database: Database,
    private readonly settlement: KeySettlement,
  ) {}

  /**
   * Claims the key, or waits for the answer of its holder.
   * @throws IdempotencyMismatch, IdempotencyInFlight after the wait, DependencyUnavailable
   */
  async begin(request: KeyedRequest): Promise<Turn> {
    const deadline = performance.now() + WAIT_MS;
    let pollMs = FIRST_POLL_MS;
    for (;;) {
      const row = await this.find(request);
      if (row === undefined || row.free) {
        const attempt = await this.claim(request);
        if (attempt) return { attempt };
        // Another request was faster: its row exists now.
        continue;
      }
      if (!request.fingerprints.some((known) => known.equals(row.fingerprint)))
        throw new IdempotencyMismatch();
      const { status, headers, body } = row;
      if (status !== null) {
        await this.confirm(request);
        return { answer: { status, headers, body } };
      }
      if (performance.now() >= deadline) throw new IdempotencyInFlight();
      await delay(pollMs);
      pollMs = Math.min(pollMs * 2, MAX_POLL_MS);
    }
  }

  private async find({ scope, key }: KeyedRequest): Promise<Row | undefined> {
    const [row] = await this.database.read((manager) =>
      manager.query<Row[]>(
        `SELECT fingerprint, status, headers, body,
                created_at < now() - ${LIFETIME} OR (status IS NULL AND locked_until < now()) AS free
           FROM public.idempotency_keys WHERE scope = $1 AND key = $2`,
        [scope, key],
      ),
    );
    return row;
  }

  /**
   * Waits until a stored answer is as durable as a first answer. With synchronous standbys, rows of
   * a commit whose wait was cancelled are already visible; a commit after it waits for both.
   * @throws DependencyUnavailable
   */
  private async confirm({ scope, key }: KeyedRequest): Promise<void> {
    await this.database.write({
      text: `UPDATE public.idempotency_keys SET locked_until = now()
              WHERE scope = $1 AND key = $2 AND current_setting('synchronous_standby_names') <> ''`,
      values: [scope, key],
    });
  }

  /** Inserts the key, or takes over the row of one that is free; only one caller succeeds. */
  private async claim(request: KeyedRequest): Promise<Attempt | undefined> {
    const { scope, key, fingerprints } = request;
    const attempt: Attempt = { scope, key, holder: randomUUID() };
    const claimed = this.database.transaction((manager) =>
      manager.query<unknown[]>(
        `INSERT INTO public.idempotency_keys AS known (scope, key, fingerprint, holder, locked_until)
         VALUES ($1, $2, $3, $4, now() + ${LOCK})
         ON CONFLICT (scope, key) DO UPDATE
            SET fingerprint = excluded.fingerprint, holder = excluded.holder,
                locked_until = excluded.locked_until, created_at = now(),
                status = NULL, headers = NULL, body = NULL
          WHERE known.created_at < now() - ${LIFETIME}
             OR (known.status IS NULL AND known.locked_until < now())
         RETURNING 1`,
        [scope, key, fingerprints[0], attempt.holder],
      ),
    );
    try {
      return (await claimed).length > 0 ? attempt : undefined;
    } catch (error) {
      // The row may exist, and only this process knows its holder id.
      if (error instanceof DependencyUnavailable) this.settlement.settleLater(attempt);
      throw error;
    }
  }
}
