import { AsyncLocalStorage } from 'node:async_hooks';

import type { EntityManager } from 'typeorm';

import { DependencyUnavailable } from '../../problems/problem.js';

export type Work<Result> = (manager: EntityManager) => Promise<Result>;

/** A transaction, and what is to be done once it is committed. */
interface Transaction {
  readonly manager: EntityManager;
  readonly afterwards: (() => void)[];
}

/** The current scope: a transaction, or a unit of work without one yet. */
type Scope = Transaction | { readonly unit: UnitOfWork };

/**
 * Not in the OpenTelemetry context, which is empty without tracing: a write must never leave its
 * transaction.
 */
const scopes = new AsyncLocalStorage<Scope>();

/** The current transaction, if any. */
export function currentTransaction(): EntityManager | undefined {
  const scope = scopes.getStore();
  return scope && 'manager' in scope ? scope.manager : undefined;
}

/** The current unit of work, outside of its transaction; undefined if there is none. */
export function currentUnit(): UnitOfWork | undefined {
  const scope = scopes.getStore();
  return scope && 'unit' in scope ? scope.unit : undefined;
}

/**
 * Runs work as part of a transaction, for `currentTransaction`.
 * @param afterwards takes what the work wants done after the commit.
 */
export function inTransaction<Result>(
  manager: EntityManager,
  work: Work<Result>,
  afterwards: (() => void)[] = [],
): Promise<Result> {
  return scopes.run({ manager, afterwards }, work, manager);
}

/**
 * Runs work after the commit of the writes made here: at once if they are committed already, never
 * after a rollback. It runs in the context of this call, with its trace and request.
 */
export function afterCommit(work: () => void): void {
  const scope = scopes.getStore();
  const waiting = scope && 'unit' in scope ? scope.unit.afterwards : scope?.afterwards;
  if (waiting === undefined) return work();
  const inContext = AsyncLocalStorage.snapshot();
  waiting.push(() => inContext(work));
}

/** A transaction with writes that waits for the final write. */
interface OpenTransaction extends Transaction {
  readonly last: PromiseWithResolvers<Work<void>>;
  readonly committed: Promise<void>;
}

/**
 * Work whose outcome is committed together with its writes. The transaction opens at the first
 * write that joins, and stays open until `finish`. A failed write rolls it back; the next one opens
 * another.
 */
export class UnitOfWork {
  private open: OpenTransaction | undefined;

  /** What waits for the commit; nothing when nothing was written yet. */
  get afterwards(): (() => void)[] | undefined {
    return this.open?.afterwards;
  }

  /** Runs work whose writes join. */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    return scopes.run({ unit: this }, work);
  }

  /**
   * Runs work in the transaction; it is not committed yet when this resolves.
   * @param transaction opens one, and commits it after the work.
   */
  async join<Result>(
    transaction: (work: Work<void>) => Promise<void>,
    work: Work<Result>,
  ): Promise<Result> {
    return this.open ? this.goOn(this.open, work) : this.begin(transaction, work);
  }

  /**
   * Runs the final write and commits.
   * @returns false without any write, and then does nothing.
   * @throws DependencyUnavailable, after which the outcome may be unknown; the error of `last`,
   * after a rollback.
   */
  async finish(last: Work<void>): Promise<boolean> {
    const { open } = this;
    if (open === undefined) return false;
    this.open = undefined;
    open.last.resolve(last);
    await open.committed;
    for (const work of open.afterwards) work();
    return true;
  }

  private async begin<Result>(
    transaction: (work: Work<void>) => Promise<void>,
    work: Work<Result>,
  ): Promise<Result> {
    const written = Promise.withResolvers<{ manager: EntityManager; result: Result }>();
    const last = Promise.withResolvers<Work<void>>();
    let handedOver = false;
    const committed = transaction(async (manager) => {
      // Rolled back after the result was used: a repetition might have another result.
      if (handedOver) throw new DependencyUnavailable();
      written.resolve({ manager, result: await work(manager) });
      handedOver = true;
      await (
        await last.promise
      )(manager);
    });
    committed.catch(written.reject);
    const { manager, result } = await written.promise;
    this.open = { manager, afterwards: [], last, committed };
    return result;
  }

  private async goOn<Result>(open: OpenTransaction, work: Work<Result>): Promise<Result> {
    try {
      return await inTransaction(open.manager, work, open.afterwards);
    } catch (error) {
      this.open = undefined;
      open.last.reject(error);
      await open.committed.catch(() => undefined);
      throw error;
    }
  }
}
