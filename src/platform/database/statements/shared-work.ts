import { type Context, context, SpanKind, trace } from '@opentelemetry/api';
import DataLoader from 'dataloader';

import { failSpan } from '../../observability/tracing/spans.js';

/** An item of one caller, with its context. */
interface Call<Item> {
  readonly item: Item;
  readonly from: Context;
}

const tracer = trace.getTracer('database');

/**
 * Database work shared by all callers of one turn of the event loop: under load several requests
 * share a round trip, and no request waits longer than the turn. Nothing is cached: the work starts
 * after the calls, so each caller sees earlier commits.
 *
 * The statements are spans of the first traced caller. Each other traced caller gets a single span
 * of the same time, with a link to the first one's.
 */
export class SharedWork<Item, Result> {
  private readonly loader: DataLoader<Call<Item>, Result>;

  /**
   * @param name of the span of the other callers.
   * @param work gives a result or an error for each item, in their order.
   * @param most items done together.
   */
  constructor(
    private readonly name: string,
    private readonly work: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>,
    most: number,
  ) {
    this.loader = new DataLoader((calls) => this.run(calls), {
      cache: false,
      maxBatchSize: most,
      batchScheduleFn: setImmediate,
    });
  }

  async add(item: Item): Promise<Result> {
    return this.loader.load({ item, from: context.active() });
  }

  private async run(calls: readonly Call<Item>[]): Promise<readonly (Result | Error)[]> {
    const [first, ...others] = calls.filter(({ from }) => trace.getSpan(from)?.isRecording());
    const spans = others.map(({ from }) => this.startSpan(from, first?.from, calls.length));
    try {
      // Without a traced caller any context works: none records.
      return await context.with(first?.from ?? context.active(), () =>
        this.work(calls.map(({ item }) => item)),
      );
    } catch (error) {
      for (const span of spans) failSpan(span, error);
      throw error;
    } finally {
      for (const span of spans) span.end();
    }
  }

  private startSpan(from: Context, shared: Context | undefined, size: number) {
    const done = shared && trace.getSpanContext(shared);
    return tracer.startSpan(
      this.name,
      {
        kind: SpanKind.CLIENT,
        attributes: { 'db.system.name': 'postgresql', 'db.operation.batch.size': size },
        links: done ? [{ context: done }] : [],
      },
      from,
    );
  }
}
