/** How long a write waits for its turn, in milliseconds: as long as for a connection. */
const PATIENCE_MS = 3000;
/** The part of the pool that is reserved for reads. */
const SHARE_OF_READS = 1 / 4;

/**
 * Limits how many writes have a connection at a time. Hanging commits, such as without a
 * synchronous standby, then leave connections for reads: a bulkhead (M. Nygard, Release It!, 2nd
 * ed., 2018, chapter 5).
 */
export class WriteSlots {
  private free: number;
  /** In the order they came. */
  private readonly queue: (() => void)[] = [];

  /** @param poolMax connections in the pool; writes always have at least one. */
  constructor(poolMax: number) {
    this.free = Math.max(1, poolMax - Math.max(1, Math.floor(poolMax * SHARE_OF_READS)));
  }

  get waiting(): number {
    return this.queue.length;
  }

  /**
   * Runs a write in the next free slot. @throws an error with the code ETIMEDOUT after 3 s without
   * one.
   */
  async run<Result>(write: () => Promise<Result>): Promise<Result> {
    if (this.free > 0) this.free -= 1;
    else await this.turn();
    try {
      return await write();
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.free += 1;
    }
  }

  private async turn(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.queue.push(resolve);
    const timer = setTimeout(() => {
      this.queue.splice(this.queue.indexOf(resolve), 1);
      reject(Object.assign(new Error('no write ended in time'), { code: 'ETIMEDOUT' }));
    }, PATIENCE_MS);
    await promise.finally(() => clearTimeout(timer));
  }
}
