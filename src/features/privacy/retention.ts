import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Database, LONG_STATEMENT } from '../../platform/database/database.js';
import {
  PERSONAL_DATA,
  type PersonalData,
  retainedKinds,
  type RetentionRule,
} from '../../platform/declarations/personal-data.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { UserEvents } from '../users/events/user-events.js';
import type { User } from '../users/user.entity.js';
import { MaintenanceTask } from './maintenance-task.entity.js';

/** Rows per transaction: small enough to hold no lock for long. */
const BATCH = 1000;

interface Rule extends RetentionRule {
  readonly table: string;
  /** Whether its rows are the users themselves. */
  readonly users: boolean;
}

/** The task of clean-up in the table of maintenance. */
export const CLEANUP = 'cleanup';

/** Deletes data after its retention time. */
@Injectable()
export class Retention {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly events: UserEvents,
    @Inject(PERSONAL_DATA) private readonly data: readonly PersonalData[],
  ) {}

  /** Kinds of data with a retention time, as named in the result. */
  get kinds(): readonly string[] {
    return retainedKinds(this.data);
  }

  /** Number of rows of a kind that are older than the given days. */
  async count(kind: string, days: number): Promise<number> {
    return this.database.transaction(async (manager) => {
      let total = 0;
      for (const { table, over } of this.rules(kind).filter(
        ({ uncounted }) => uncounted !== true,
      )) {
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
   * Deletes them in small batches. This erases a deleted user: the row and all dependent rows.
   * @returns the number of rows.
   */
  async remove(kind: string, days: number): Promise<number> {
    let total = 0;
    for (const rule of this.rules(kind)) {
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

  /** Records the time of a successful clean-up of all kinds, for a metric and an alert. */
  async succeeded(): Promise<void> {
    await this.database.transaction((manager) =>
      manager.upsert(MaintenanceTask, { task: CLEANUP, succeeded_at: () => 'now()' }, ['task']),
    );
  }

  private rules(kind: string): Rule[] {
    return this.data.flatMap(({ table, erasure, retention }) => {
      if ('none' in retention || retention.kind !== kind) return [];
      const users = erasure === 'user';
      return [
        { ...retention, table, users, over: users ? this.unlessKept(retention) : retention.over },
      ];
    });
  }

  /** Condition of users whose time is over, and whom no other table keeps. */
  private unlessKept({ key = 'ctid', over }: RetentionRule): string {
    const keepers = this.data.flatMap(({ keepsUsers = [] }) => keepsUsers);
    return [over, ...keepers.map((ids) => `${key} <> ALL(ARRAY(${ids}))`)].join(' AND ');
  }

  private async removeBatch(manager: EntityManager, rule: Rule, days: number): Promise<number> {
    const { table, key = 'ctid', over, before, users } = rule;
    if (before !== undefined) await manager.query(before);
    const rows = await manager.query<Pick<User, 'id' | 'version'>[]>(
      `WITH gone AS (
         DELETE FROM ${table} WHERE ${key} IN (
           SELECT ${key} FROM ${table} WHERE ${over} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
         RETURNING ${key}::text AS id${users ? ', version' : ''})
       SELECT * FROM gone`,
      [days],
    );
    if (users) await this.erase(manager, rows);
    return rows.length;
  }

  /** Rows that no foreign key deletes with the users. */
  private async erase(
    manager: EntityManager,
    users: readonly Pick<User, 'id' | 'version'>[],
  ): Promise<void> {
    const userIds = users.map(({ id }) => id);
    // Before the counters of their events go.
    await this.database.commit(users.map((user) => this.events.erased(user)));
    for (const { erasure } of this.data)
      if (typeof erasure === 'object' && 'sql' in erasure)
        await manager.query(erasure.sql, [userIds]);
    await this.database.commit(
      ...userIds.map((targetId) => this.audit.insertion({ action: 'user.erased', targetId })),
    );
  }
}
