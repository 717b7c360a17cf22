import { trace } from '@opentelemetry/api';
import DataLoader from 'dataloader';

/** Keys per statement: far more than arrive in one turn of the event loop under full load. */
const MOST_KEYS = 100;

/**
 * Reads rows by key, one statement for all callers of the same turn of the event loop: under load
 * several requests share one round trip, and nobody waits for it longer than the turn. Nothing is
 * remembered: the statement starts after its callers did, so each sees what was committed before.
 */
export class RowLoader<Row> {
  private readonly loader: DataLoader<string, Row | undefined>;

  /** @param read the rows of some keys, by key. */
  constructor(private readonly read: (keys: readonly string[]) => Promise<Map<string, Row>>) {
    this.loader = new DataLoader(
      async (keys) => {
        const rows = await read(keys);
        return keys.map((key) => rows.get(key));
      },
      { cache: false, maxBatchSize: MOST_KEYS, batchScheduleFn: setImmediate },
    );
  }

  /** The row of a key; nothing when there is none. A traced caller gets a statement, and a span, of its own. */
  async load(key: string): Promise<Row | undefined> {
    if (trace.getActiveSpan()?.isRecording() === true) return (await this.read([key])).get(key);
    return this.loader.load(key);
  }
}
