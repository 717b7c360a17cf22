import { DependencyUnavailable } from '../../problems/problem.js';
import { isLockTimeout } from '../errors/connection-errors.js';
import { SharedWork } from '../statements/shared-work.js';

/** Items per statement: more than arrive in one turn of the event loop, and no lock is held for long. */
const MOST_ITEMS = 50;
/** How long all wait for a lock of one item: far above the time of a successful statement. */
const LOCK_TIMEOUT_MS = 500;

/**
 * Stores items, all or none.
 * @param lockTimeoutMs longest wait for a lock of another transaction, in milliseconds; the
 * server's limit by default.
 */
export type StoreAll<Item> = (items: readonly Item[], lockTimeoutMs?: number) => Promise<void>;

/** The database refused the group, and nothing is stored. */
class Refused extends Error {}

/**
 * Stores items of several callers in one transaction, as database servers do with commits: those
 * that arrive in one turn of the event loop share its statement and its commit. Each caller gets
 * the result of its own item after the commit. If the database refuses an item or must wait for it,
 * each item is stored again separately, so that the others are not affected.
 */
export class GroupCommit<Item> {
  private readonly shared: SharedWork<Item, undefined>;

  constructor(private readonly store: StoreAll<Item>) {
    this.shared = new SharedWork('shared commit', (items) => this.storeAll(items), MOST_ITEMS);
  }

  /**
   * Stores an item.
   * @throws DependencyUnavailable, after which its outcome may be unknown; the error of `store` for
   * this item.
   */
  async add(item: Item): Promise<void> {
    try {
      await this.shared.add(item);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await this.store([item]);
    }
  }

  private async storeAll(items: readonly Item[]): Promise<undefined[]> {
    const single = items.length === 1;
    try {
      await this.store(items, single ? undefined : LOCK_TIMEOUT_MS);
    } catch (error) {
      // A lock of one item must not delay the others.
      if (single || (error instanceof DependencyUnavailable && !isLockTimeout(error.cause)))
        throw error;
      throw new Refused('stored by none', { cause: error });
    }
    return items.map(() => undefined);
  }
}
