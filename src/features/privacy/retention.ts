import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Database } from '../../platform/database/database.js';
import { JOBS_SCHEMA } from '../../platform/jobs/boss.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { eraseJobs } from './user-jobs.js';

/** Rows per transaction: small enough to hold no lock for long. */
const BATCH = 1000;

/** Kinds of data that come to an end, in the words of the result. */
export const retained = [
  'users',
  'sessions',
  'tokens',
  'idempotency_keys',
  'audit_log',
  'jobs',
] as const;
export type Retained = (typeof retained)[number];

interface Rule {
  readonly table: `${'public' | typeof JOBS_SCHEMA}.${string}`;
  readonly key: string;
  /** Rows whose time is over; `$1` is the number of days. */
  readonly over: string;
  /** Goes along without being counted: what was remembered of a thing, not the thing. */
  readonly uncounted?: true;
}

/** `column` is older than the given days. */
const before = (column: string) => `${column} < now() - make_interval(days => $1)`;

const rules: Record<Retained, readonly Rule[]> = {
  users: [
    {
      table: 'public.users',
      key: 'id',
      // A charge in doubt is decided first.
      over: `${before('deleted_at')} AND NOT EXISTS (
        SELECT 1 FROM public.tier_changes WHERE user_id = users.id AND status = 'pending')`,
    },
  ],
  sessions: [
    { table: 'public.sessions', key: 'id', over: before('coalesce(ended_at, expires_at)') },
    { table: 'public.sign_in_failures', key: 'ctid', over: before('last_at'), uncounted: true },
    { table: 'public.known_sources', key: 'ctid', over: before('last_at'), uncounted: true },
  ],
  tokens: [
    { table: 'public.mailed_tokens', key: 'id', over: before('least(used_at, expires_at)') },
    { table: 'public.refresh_tokens', key: 'ctid', over: before('least(used_at, expires_at)') },
  ],
  idempotency_keys: [
    { table: 'public.idempotency_keys', key: 'ctid', over: before('created_at') },
    // Keys of charges; pending ones have no end. What they came to stays in the audit log.
    { table: 'public.tier_changes', key: 'id', over: before('ended_at'), uncounted: true },
  ],
  audit_log: [{ table: 'public.audit_log', key: 'id', over: before('at') }],
  jobs: [
    {
      table: `${JOBS_SCHEMA}.job`,
      key: 'id',
      over: `state IN ('completed', 'cancelled', 'failed') AND ${before('completed_on')}`,
    },
  ],
};

/** The task of clean-up in the table of maintenance. */
export const CLEANUP = 'cleanup';

/** Clean-up may take its time; the API's limit is for people who wait. */
const LONG_STATEMENT = { statementTimeoutMs: 120_000 };

/** Removes what has been kept long enough. */
@Injectable()
export class Retention {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  /** How many rows of a kind are over after the given days. */
  async count(kind: Retained, days: number): Promise<number> {
    return this.database.transaction(async (manager) => {
      let total = 0;
      for (const { table, over } of rules[kind].filter(({ uncounted }) => uncounted !== true)) {
        const [row] = await manager.query<{ count: number }[]>(
          `SELECT count(*)::int AS count FROM ${table} WHERE ${over}`,
          [days],
        );
        total += row?.count ?? 0;
      }
      return total;
    }, LONG_STATEMENT);
  }

  /**
   * Deletes them in small batches. A deleted user is erased by this: the row goes, and what hangs
   * on it. @returns how many.
   */
  async remove(kind: Retained, days: number): Promise<number> {
    let total = 0;
    for (const rule of rules[kind]) {
      let removed: number;
      do {
        removed = await this.database.transaction(
          (manager) => this.removeBatch(manager, rule, days),
          LONG_STATEMENT,
        );
        total += rule.uncounted === true ? 0 : removed;
      } while (removed === BATCH);
    }
    return total;
  }

  /** Records when a clean-up of all kinds succeeded: a metric and an alert rely on it. */
  async succeeded(): Promise<void> {
    await this.database.transaction((manager) =>
      manager.query(
        `INSERT INTO public.maintenance (task, succeeded_at) VALUES ($1, now())
         ON CONFLICT (task) DO UPDATE SET succeeded_at = excluded.succeeded_at`,
        [CLEANUP],
      ),
    );
  }

  private async removeBatch(manager: EntityManager, rule: Rule, days: number): Promise<number> {
    const { table, key, over } = rule;
    if (table === 'public.audit_log')
      await manager.query(`SET LOCAL user_api.audit_cleanup = 'on'`);
    const rows = await manager.query<{ id: string }[]>(
      `WITH gone AS (
         DELETE FROM ${table} WHERE ${key} IN (
           SELECT ${key} FROM ${table} WHERE ${over} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
         RETURNING ${key}::text AS id)
       SELECT id FROM gone`,
      [days],
    );
    if (table === 'public.users') {
      await eraseJobs(
        manager,
        rows.map(({ id }) => id),
      );
      for (const { id } of rows)
        await this.audit.record(manager, { action: 'user.erased', targetId: id });
    }
    return rows.length;
  }
}
