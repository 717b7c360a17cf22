import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { metrics } from '@opentelemetry/api';
import { bulkhead, BulkheadRejectedError } from 'cockatiel';

import { Overloaded } from '../common/problem.js';
import { workersConfig } from '../config/workers.config.js';

/** Calls that may wait per slot: more would wait longer than their own time-outs. */
const QUEUE_PER_SLOT = 8;

/**
 * Slots for calls to the outside, shared by all dependencies: however slow they are, so many calls
 * are open and no more.
 */
@Injectable()
export class IoPool {
  private readonly bulkhead;
  private readonly calls;

  constructor(@Inject(workersConfig.KEY) { ioSlots }: ConfigType<typeof workersConfig>) {
    const queue = ioSlots * QUEUE_PER_SLOT;
    this.bulkhead = bulkhead(ioSlots, queue);
    const meter = metrics.getMeter('workers');
    const gauge = (name: string, description: string, read: () => number) =>
      meter
        .createObservableGauge(name, { description })
        .addCallback((result) => result.observe(read()));
    this.calls = meter.createCounter('worker_pool_io_tasks_total', {
      description: 'Calls to the outside: completed, failed, or rejected by a full queue.',
    });
    gauge(
      'worker_pool_io_active',
      'Calls to the outside that are open.',
      () => ioSlots - this.bulkhead.executionSlots,
    );
    gauge('worker_pool_io_slots', 'Most calls to the outside at once.', () => ioSlots);
    gauge(
      'worker_pool_io_queue_size',
      'Calls to the outside that wait for a slot.',
      () => queue - this.bulkhead.queueSlots,
    );
  }

  /**
   * Makes a call in the next free slot.
   * @param name of the call, one of few: a metric label.
   * @throws Overloaded when too many wait; whatever the call throws.
   */
  async submit<Output>(
    name: string,
    call: (signal: AbortSignal) => Promise<Output>,
    signal?: AbortSignal,
  ): Promise<Output> {
    try {
      const output = await this.bulkhead.execute((context) => call(context.signal), signal);
      this.calls.add(1, { task: name, result: 'completed' });
      return output;
    } catch (error) {
      const full = error instanceof BulkheadRejectedError;
      this.calls.add(1, { task: name, result: full ? 'rejected' : 'failed' });
      throw full ? new Overloaded({ cause: error }) : error;
    }
  }
}
