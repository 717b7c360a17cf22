import { evictOldest } from '../common/evict-oldest.js';

/** Maximum windows: far more sources than a process serves, at about 150 bytes each. */
const MOST_COUNTERS = 50_000;

/** How often something happened in a window that began with its first occurrence. */
export interface Count {
  readonly count: number;
  /** Milliseconds until the window ends. */
  readonly remainingMs: number;
}

interface Entry {
  count: number;
  endsAt: number;
}

/** Fixed-window counters in process, in bounded memory: the oldest windows are evicted first. */
export class LocalCounters {
  private readonly entries = new Map<string, Entry>();

  /** @param now milliseconds of a monotonic clock. */
  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly most = MOST_COUNTERS,
  ) {}

  increment(key: string, windowMs: number): Count {
    const known = this.current(key);
    if (known) {
      known.count += 1;
      return this.toCount(known);
    }
    return this.store(key, { count: 1, endsAt: this.now() + windowMs });
  }

  /** Takes over the count of the shared store, so that its loss does not reset the window. */
  adopt(key: string, { count, remainingMs }: Count): void {
    this.store(key, { count, endsAt: this.now() + remainingMs });
  }

  /** The current window without counting; undefined if there is none. */
  peek(key: string): Count | undefined {
    const known = this.current(key);
    return known && this.toCount(known);
  }

  private current(key: string): Entry | undefined {
    const entry = this.entries.get(key);
    return entry !== undefined && entry.endsAt > this.now() ? entry : undefined;
  }

  private store(key: string, entry: Entry): Count {
    // Deleted first, so that the map's order is the age of the windows.
    this.entries.delete(key);
    this.entries.set(key, entry);
    const now = this.now();
    evictOldest(this.entries, this.most, ({ endsAt }) => endsAt <= now);
    return this.toCount(entry);
  }

  private toCount({ count, endsAt }: Entry): Count {
    return { count, remainingMs: Math.max(1, endsAt - this.now()) };
  }
}
