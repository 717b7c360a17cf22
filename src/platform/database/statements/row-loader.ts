import { SharedWork } from './shared-work.js';

/** Keys per statement: far more than arrive in one turn of the event loop under full load. */
const MOST_KEYS = 100;

/** Reads rows by key, one statement for all callers of the same turn of the event loop. */
export class RowLoader<Row> {
  private readonly shared: SharedWork<string, Row | undefined>;

  /** @param read the rows of some keys, by key. */
  constructor(read: (keys: readonly string[]) => Promise<Map<string, Row>>) {
    this.shared = new SharedWork(
      'shared read',
      async (keys) => {
        const rows = await read(keys);
        return keys.map((key) => rows.get(key));
      },
      MOST_KEYS,
    );
  }

  /** The row of a key; undefined if there is none. */
  async load(key: string): Promise<Row | undefined> {
    return this.shared.add(key);
  }
}
