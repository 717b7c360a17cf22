import { trace } from '@opentelemetry/api';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';

import { ProblemError } from '../common/problem.js';
import type { Database } from './database.js';

/** Items per transaction: more than arrive in one turn of the event loop, and no lock is held for long. */
const MOST_ITEMS = 50;

/**
 * Stores items of several callers in one transaction, as database servers do with commits: those
 * that arrive in one turn of the event loop share its statements and its commit. Each caller hears
 * of its own item alone, after the commit. An item that the database refuses does not take the
 * others with it: they are stored once more, each by itself.
 */
export class GroupCommit<Item> {
  private readonly loader: DataLoader<Item, undefined>;

  /** @param store stores items by set, and says by place which of them cannot be, and why. */
  constructor(
    private readonly database: Database,
    private readonly store: (
      manager: EntityManager,
      items: readonly Item[],
    ) => Promise<(Error | undefined)[]>,
  ) {
    this.loader = new DataLoader((items) => this.storeAll(items), {
      cache: false,
      maxBatchSize: MOST_ITEMS,
      batchScheduleFn: setImmediate,
    });
  }

  /**
   * Stores an item. A traced caller gets a transaction, and its spans, of its own.
   * @throws what `store` said of the item, DependencyUnavailable
   */
  async add(item: Item): Promise<void> {
    if (trace.getActiveSpan()?.isRecording() !== true) return this.loader.load(item);
    const [fault] = await this.commit([item]);
    if (fault) throw fault;
  }

  private async storeAll(items: readonly Item[]): Promise<(Error | undefined)[]> {
    try {
      return await this.commit(items);
    } catch (error) {
      if (error instanceof ProblemError || items.length === 1) throw error;
      return Promise.all(items.map((item) => this.storeAlone(item)));
    }
  }

  private async storeAlone(item: Item): Promise<Error | undefined> {
    try {
      const [fault] = await this.commit([item]);
      return fault;
    } catch (error) {
      return error as Error;
    }
  }

  private commit(items: readonly Item[]): Promise<(Error | undefined)[]> {
    return this.database.transaction((manager) => this.store(manager, items));
  }
}
