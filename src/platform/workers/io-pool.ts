import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { metrics } from '@opentelemetry/api';

import { fromZero } from '../common/from-zero.js';
import { Overloaded } from '../problems/problem.js';
import { workersConfig } from './workers.config.js';
import { Bulkhead } from '../resilience/bulkhead.js';

/** Who is called on the outside: metric labels. */
const ioDependencies = ['email', 'payment'] as const;
export type IoDependency = (typeof ioDependencies)[number];

/** Part of the slots that each dependency has to itself. */
const RESERVE = 1 / 4;

/**
 * Slots for calls to the outside, shared by all dependencies: however slow they are, so many calls
 * are open and no more. None can take them all: each has a quarter that is always its own.
 */
@Injectable()
export class IoPool {
  private readonly bulkhead: Bulkhead<IoDependency>;
  private readonly calls;

  constructor(@Inject(workersConfig.KEY) { ioSlots }: ConfigType<typeof workersConfig>) {
    const reserve = Math.floor(ioSlots * RESERVE);
    const most = ioSlots - reserve * (ioDependencies.length - 1);
    // As many wait as can be under way: more would outlive their callers' patience.
    const bulkhead = new Bulkhead({ names: ioDependencies, slots: ioSlots, reserve, queue: most });
    this.bulkhead = bulkhead;
    const meter = metrics.getMeter('workers');
    const gauge = (name: string, description: string, read: () => number) =>
      meter
        .createObservableGauge(name, { description, unit: '{call}' })
        .addCallback((result) => result.observe(read()));
    this.calls = meter.createCounter('worker_pool_io_tasks_total', {
      unit: '{call}',
      description: 'Calls to the outside: completed, failed, or rejected by a full queue.',
    });
    fromZero(this.calls, { task: ioDependencies, result: ['completed', 'failed', 'rejected'] });
    gauge('worker_pool_io_active', 'Calls to the outside that are open.', () => bulkhead.active);
    gauge('worker_pool_io_slots', 'Most calls to the outside at once.', () => ioSlots);
    gauge(
      'worker_pool_io_queue_size',
      'Calls to the outside that wait for a slot.',
      () => bulkhead.queued,
    );
  }

  /**
   * Makes a call in the next slot that the dependency may have.
   * @throws Overloaded when too many wait; whatever the call throws.
   */
  async submit<Output>(dependency: IoDependency, call: () => Promise<Output>): Promise<Output> {
    try {
      const output = await this.bulkhead.execute(dependency, call);
      this.calls.add(1, { task: dependency, result: 'completed' });
      return output;
    } catch (error) {
      const result = error instanceof Overloaded ? 'rejected' : 'failed';
      this.calls.add(1, { task: dependency, result });
      throw error;
    }
  }
}
