import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { metrics } from '@opentelemetry/api';

import { fromZero } from '../common/from-zero.js';
import { Overloaded } from '../problems/problem.js';
import { workersConfig } from './workers.config.js';
import { Bulkhead } from '../resilience/bulkhead.js';

/** External dependencies: metric labels. */
const ioDependencies = ['email', 'payment'] as const;
export type IoDependency = (typeof ioDependencies)[number];

/** Reserved share of the slots per dependency. */
const RESERVE = 1 / 4;

/**
 * Slots for outbound calls, shared by all dependencies: they limit the open calls. No dependency
 * can use all of them: each has a quarter reserved.
 */
@Injectable()
export class IoPool {
  private readonly bulkhead: Bulkhead<IoDependency>;
  private readonly calls;

  constructor(@Inject(workersConfig.KEY) { ioSlots }: ConfigType<typeof workersConfig>) {
    const reserve = Math.floor(ioSlots * RESERVE);
    const most = ioSlots - reserve * (ioDependencies.length - 1);
    // As many can wait as can be active: more would wait too long for their callers.
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
   * Runs a call in the next free slot of the dependency.
   * @throws Overloaded if too many wait; the error of the call.
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
