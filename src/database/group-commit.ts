import type { EntityManager } from 'typeorm';

import { ProblemError } from '../common/problem.js';
import type { Database } from './database.js';
import { SharedWork } from './shared-work.js';

/** Items per transaction: more than arrive in one turn of the event loop, and no lock is held for long. */
const MOST_ITEMS = 50;
/** How long all wait for what only one of them needs: far above the time of a transaction that works. */
const LOCK_TIMEOUT_MS = 500;

/** What became of the items of a transaction, in their order: nothing, or why one cannot be stored. */
export type Faults = readonly (Error | undefined)[];

/** The database refused a transaction as a whole, and nothing of it is stored. */
class Refused extends Error {}

/**
 * Stores items of several callers in one transaction, as database servers do with commits: those
 * that arrive in one turn of the event loop share its statements and its commit. Each caller hears
 * of its own item alone, after the commit. An item that the database refuses, or has to wait for,
 * does not take the others with it: each is then stored once more, by itself.
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
    try {
      await this.shared.add(item);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await this.addAlone(item);
    }
  }

  /**
   * Stores an item in a transaction of its own.
   * @param alongside is committed with it.
   * @throws what `store` said of the item, DependencyUnavailable
   */
  async addAlone(item: Item, alongside?: (manager: EntityManager) => Promise<void>): Promise<void> {
    await this.database.transaction(async (manager) => {
      const [fault] = await this.store(manager, [item]);
      if (fault) throw fault;
      await alongside?.(manager);
    });
  }

  private async storeAll(items: readonly Item[]): Promise<Faults> {
    const limits = items.length > 1 ? { lockTimeoutMs: LOCK_TIMEOUT_MS } : {};
    try {
      return await this.database.transaction((manager) => this.store(manager, items), limits);
    } catch (error) {
      if (error instanceof ProblemError || items.length === 1) throw error;
      throw new Refused('stored by none', { cause: error });
    }
  }
}
