import type { EntityManager } from 'typeorm';

import { ProblemError } from '../common/problem.js';
import type { Database } from './database.js';
import { SharedWork } from './shared-work.js';

/** Items per transaction: more than arrive in one turn of the event loop, and no lock is held for long. */
const MOST_ITEMS = 50;

/** What became of the items of a transaction, in their order: nothing, or why one cannot be stored. */
export type Faults = readonly (Error | undefined)[];

/**
 * Stores items of several callers in one transaction, as database servers do with commits: those
 * that arrive in one turn of the event loop share its statements and its commit. Each caller hears
 * of its own item alone, after the commit. An item that the database refuses does not take the
 * others with it: they are stored once more, each by itself.
 */
export class GroupCommit<Item> {
  private readonly shared: SharedWork<Item, undefined>;

  /** @param store stores items by set, and says by place which of them cannot be, and why. */
  constructor(
    private readonly database: Database,
    private readonly store: (manager: EntityManager, items: readonly Item[]) => Promise<Faults>,
  ) {
    this.shared = new SharedWork('shared commit', (items) => this.storeAll(items), MOST_ITEMS);
  }

  /**
   * Stores an item.
   * @throws what `store` said of the item, DependencyUnavailable
   */
  async add(item: Item): Promise<void> {
    return this.shared.add(item);
  }

  private async storeAll(items: readonly Item[]): Promise<Faults> {
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

  private commit(items: readonly Item[]): Promise<Faults> {
    return this.database.transaction((manager) => this.store(manager, items));
  }
}
