import { GroupCommit, type StoreAll } from './group-commit.js';
import type { Write } from './write.js';

/** Concurrent commits of the same kinds of rows share a transaction. */
export class SharedCommits {
  /** By the names of their kinds; limited by the combinations in the code. */
  private readonly groups = new Map<string, GroupCommit<readonly Write[]>>();

  constructor(private readonly store: StoreAll<Write>) {}

  /**
   * @throws DependencyUnavailable, after which the outcome may be unknown; the translated errors of
   * its kinds.
   */
  async add(writes: readonly Write[]): Promise<void> {
    if (writes.some(({ kind }) => kind.alone)) await this.store(writes);
    else await this.groupOf(writes).add(writes);
  }

  private groupOf(writes: readonly Write[]): GroupCommit<readonly Write[]> {
    const kinds = writes.map(({ kind }) => kind.name).join(' ');
    let group = this.groups.get(kinds);
    if (group === undefined) {
      group = new GroupCommit((items, lockTimeoutMs) => this.store(items.flat(), lockTimeoutMs));
      this.groups.set(kinds, group);
    }
    return group;
  }
}
