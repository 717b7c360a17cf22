import { GroupCommit, type StoreAll } from './group-commit.js';
import type { Write } from './write.js';

/** Commits of the same kinds of rows that arrive in one moment share a transaction. */
export class SharedCommits {
  /** By the names of their kinds; as many as there are combinations in the code. */
  private readonly groups = new Map<string, GroupCommit<readonly Write[]>>();

  constructor(private readonly store: StoreAll<Write>) {}

  /** @throws DependencyUnavailable, after which the outcome may be unknown; what its kinds make of an error. */
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
