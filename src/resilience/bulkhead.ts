import { metrics } from '@opentelemetry/api';
import { bulkhead } from 'cockatiel';

export interface BulkheadOptions {
  /** Name of the dependency: a metric label. */
  readonly name: string;
  /** Calls at once. */
  readonly slots: number;
  /** Calls that may wait for a slot; one more is refused with `BulkheadRejectedError`. */
  readonly queue: number;
}

/**
 * A bulkhead: one dependency that hangs holds so many calls and no more, and leaves the rest of the
 * process to the others (M. Nygard, Release It!, 2nd ed., 2018, chapter 5).
 */
export function createBulkhead({ name, slots, queue }: BulkheadOptions) {
  const policy = bulkhead(slots, queue);
  const meter = metrics.getMeter('resilience');
  const gauges = {
    bulkhead_active: ['Calls of a dependency under way.', () => slots - policy.executionSlots],
    bulkhead_queued: ['Calls that wait for a slot.', () => queue - policy.queueSlots],
    bulkhead_slots: ['Most calls of a dependency at once.', () => slots],
  } as const;
  for (const [gauge, [description, value]] of Object.entries(gauges))
    meter
      .createObservableGauge(gauge, { description })
      .addCallback((result) => result.observe(value(), { name }));
  return <Result>(call: () => Promise<Result>): Promise<Result> => policy.execute(call);
}
