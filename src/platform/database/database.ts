import { setTimeout as delay } from 'node:timers/promises';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { InjectDataSource } from '@nestjs/typeorm';
import type { QueryResult, QueryResultRow } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';

import { DependencyUnavailable, ProblemError } from '../problems/problem.js';
import { databaseConfig } from './connection/database.config.js';
import {
  asUnavailable,
  isConflict,
  isConnectionError,
  isTimeout,
} from './errors/connection-errors.js';
import { isPooled } from './connection/data-source-options.js';
import { DATABASE_ADDRESS, type DatabaseAddress } from './connection/database-address.js';
import { DatabaseOutage } from './connection/database-outage.js';
import { poolOf } from './connection/pool-of.js';
import { runIn, runPrepared } from './transactions/prepared.js';
import { SharedCommits } from './transactions/shared-commits.js';
import { queryOf, type Statement } from './statements/statement.js';
import {
  afterCommit,
  currentTransaction,
  currentUnit,
  inTransaction,
  type Work,
} from './transactions/unit-of-work.js';
import { storeWrites, type Write } from './transactions/write.js';
import { withStatementTimeLimit } from './transactions/statement-time-limit.js';
import { WriteSlots } from './connection/write-slots.js';

/**
 * A server announces its shutdown before it closes: without a pause the pool would return the same
 * dying connection.
 */
const RETRY_DELAY_MS = 50;
/** Maximum number of retries after conflicts, in well under a second. */
const CONFLICT_RETRIES = 3;

const LOOK_UP = /^\s*SELECT\b/i;

export interface TransactionOptions {
  /** Longest statement, in milliseconds, where the API's limit is too short. */
  readonly statementTimeoutMs?: number;
  /**
   * The work cannot be repeated, such as reading a stream: a conflict with another transaction ends
   * it.
   */
  readonly once?: boolean;
  /** In an idempotent request its commit waits for the answer, which is stored with it. */
  readonly withAnswer?: boolean;
}

/** For statements that no client waits for, such as one that reads all users. */
export const LONG_STATEMENT = { statementTimeoutMs: 120_000 } as const satisfies TransactionOptions;

/**
 * Access to the database. Every method throws `DependencyUnavailable` if it cannot be reached, so
 * that callers get a 503 and retry later.
 */
@Injectable()
export class Database {
  private readonly prepares: boolean;
  /** Behind a transaction pooler each transaction sets its own limit. */
  private readonly ownTimeoutMs: number | undefined;
  private readonly writes: WriteSlots;
  private readonly commits = new SharedCommits((writes, lockTimeoutMs) =>
    this.guard(() => storeWrites((statement) => this.write(statement), writes, lockTimeoutMs)),
  );

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly outage: DatabaseOutage,
    @Inject(DATABASE_ADDRESS) address: DatabaseAddress,
    @Inject(databaseConfig.KEY)
    { statementTimeoutMs, preparedStatements, poolMax }: ConfigType<typeof databaseConfig>,
  ) {
    this.prepares = preparedStatements;
    this.ownTimeoutMs = isPooled(address) ? statementTimeoutMs : undefined;
    this.writes = new WriteSlots(poolMax);
  }

  get waitingWrites(): number {
    return this.writes.waiting;
  }

  /**
   * Runs a read. A pooled connection may have died since its last use, and a read changes nothing,
   * so one connection failure is retried on another connection. Not after a time-out, which would
   * take as long again.
   * @throws DependencyUnavailable
   */
  async read<Result>(query: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return this.guard(async () => {
      try {
        return await query(this.dataSource.manager);
      } catch (error) {
        if (!isConnectionError(error) || isTimeout(error)) throw error;
        await delay(RETRY_DELAY_MS);
        return query(this.dataSource.manager);
      }
    });
  }

  /**
   * Reads with a constant statement that each connection parses and plans once: half the CPU of
   * TypeORM's query builder.
   * @param text names its columns, see `runPrepared`. @throws DependencyUnavailable
   */
  async readPrepared<Row extends QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> {
    const { rows } = await this.read(() => this.prepared<Row>({ text, values }));
    return rows;
  }

  /**
   * Writes with a single statement and no explicit transaction. Behind a transaction pooler it gets
   * one, for its time limit.
   * @throws DependencyUnavailable, after which its outcome may be unknown.
   */
  async write<Row extends QueryResultRow>(statement: Statement): Promise<QueryResult<Row>> {
    return this.ownTimeoutMs === undefined
      ? this.guard(() => retryConflicts(() => this.inSlot(() => this.prepared<Row>(statement))))
      : this.transaction((manager) => runPrepared<Row>(manager, statement));
  }

  /**
   * Stores rows, all or none: in the current transaction, in that of an idempotent request, or in
   * one statement shared with concurrent commits of the same kinds.
   * @param changes writes, and lists of writes that belong together.
   * @throws the errors of the kinds of rows; DependencyUnavailable, after which the outcome may be
   * unknown.
   */
  async commit(...changes: readonly (Write | readonly Write[])[]): Promise<void> {
    const writes = changes.flat().filter(({ kind }) => kind.isWanted?.() !== false);
    const manager = currentTransaction();
    if (manager) return storeWrites(runIn(manager), writes);
    if (currentUnit() === undefined) return this.commits.add(writes);
    await this.transaction(() => this.commit(...writes), { withAnswer: true });
  }

  /** Runs work, such as logging and counting, after the commit of the writes made here. */
  readonly afterCommit = afterCommit;

  /**
   * The entity manager of the current transaction, for locks and for reads that decide the next
   * step.
   * @throws Error outside of one, where a lock would end at once: a programming error.
   */
  get current(): EntityManager {
    const manager = currentTransaction();
    if (manager === undefined) throw new Error('not in a transaction');
    return manager;
  }

  /**
   * Runs work in one transaction: all of it is committed, or none. Work that was rolled back
   * because of another transaction is repeated, so it must change only the database.
   * @throws DependencyUnavailable, after which the outcome of a commit may be unknown.
   */
  async transaction<Result>(work: Work<Result>, options: TransactionOptions = {}): Promise<Result> {
    const unit = options.withAnswer ? currentUnit() : undefined;
    if (unit === undefined) return this.ownTransaction(work, options);
    return unit.join((whole) => this.ownTransaction(whole, options), work);
  }

  private async ownTransaction<Result>(
    work: Work<Result>,
    { statementTimeoutMs = this.ownTimeoutMs, once = false }: TransactionOptions,
  ): Promise<Result> {
    const run = async () => {
      const afterwards: (() => void)[] = [];
      const joined: Work<Result> = (manager) => inTransaction(manager, work, afterwards);
      const result = await this.inSlot(() =>
        this.dataSource.transaction((manager) =>
          statementTimeoutMs === undefined
            ? joined(manager)
            : withStatementTimeLimit(manager, statementTimeoutMs, joined),
        ),
      );
      for (const after of afterwards) after();
      return result;
    };
    return this.guard(once ? run : () => retryConflicts(run));
  }

  /**
   * Runs a statement of a library's own. It may read inside a transaction of ours, as pg-boss does
   * with queues: that must not wait for the slot of the same transaction. Errors are those of the
   * driver.
   * @throws DatabaseUnavailable
   */
  async execute(text: string, values?: unknown[]): Promise<QueryResult> {
    const run = () => poolOf(this.dataSource).query(text, values);
    try {
      return await (LOOK_UP.test(text) ? run() : this.writes.run(run));
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  /**
   * Runs work that may use the database outside of this class, as pg-boss does to look up a queue.
   * @throws DependencyUnavailable
   */
  async guard<Result>(work: () => Promise<Result>): Promise<Result> {
    if (!this.dataSource.isInitialized || this.outage.active) throw new DependencyUnavailable();
    try {
      const result = await work();
      this.outage.answered();
      return result;
    } catch (error) {
      if (error instanceof ProblemError || !isConnectionError(error)) throw error;
      const cause = asUnavailable(error);
      this.outage.suspect(cause);
      throw new DependencyUnavailable({ cause });
    }
  }

  /** Waits for a slot. A write whose slot becomes free during an outage is not tried. */
  private inSlot<Result>(write: () => Promise<Result>): Promise<Result> {
    return this.writes.run(() => {
      if (this.outage.active) throw new DependencyUnavailable();
      return write();
    });
  }

  private prepared<Row extends QueryResultRow>(statement: Statement) {
    return poolOf(this.dataSource).query<Row>(queryOf(statement, this.prepares));
  }
}

/** Repeats work that was rolled back because of another transaction, after a random pause. */
async function retryConflicts<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let retry = 1; ; retry += 1) {
    try {
      return await work();
    } catch (error) {
      if (retry > CONFLICT_RETRIES || !isConflict(error)) throw error;
      await delay(Math.random() * RETRY_DELAY_MS * retry);
    }
  }
}
