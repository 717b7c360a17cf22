import { setTimeout as delay } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';

import { DependencyUnavailable, ProblemError } from '../common/problem.js';
import { isConnectionError } from './connection-errors.js';

/** A server says goodbye before it closes: at once the pool would hand out the same dying connection. */
const RETRY_DELAY_MS = 50;

/**
 * The two ways to the database. Both say `DependencyUnavailable` when it cannot be reached, so
 * that callers get a 503 and know to come back.
 */
@Injectable()
export class Database {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Runs a read. A pooled connection may have died since it was last used, and nothing was
   * changed by then, so one failure of the connection is tried again on another.
   * @throws DependencyUnavailable
   */
  async read<Result>(query: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return this.guard(async () => {
      try {
        return await query(this.dataSource.manager);
      } catch (error) {
        if (!isConnectionError(error)) throw error;
        await delay(RETRY_DELAY_MS);
        return query(this.dataSource.manager);
      }
    });
  }

  /**
   * Runs work in one transaction: all of it is committed, or none.
   * @throws DependencyUnavailable, after which the outcome of a commit may be unknown.
   */
  async transaction<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return this.guard(() => this.dataSource.transaction(work));
  }

  private async guard<Result>(work: () => Promise<Result>): Promise<Result> {
    if (!this.dataSource.isInitialized) throw new DependencyUnavailable();
    try {
      return await work();
    } catch (error) {
      if (error instanceof ProblemError || !isConnectionError(error)) throw error;
      throw new DependencyUnavailable({ cause: error });
    }
  }
}
