import { extname } from 'node:path';

import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { type Counter, metrics } from '@opentelemetry/api';
import { Piscina } from 'piscina';

import { Overloaded } from '../common/problem.js';
import { workersConfig } from '../config/workers.config.js';

/** Waiting tasks per thread; beyond it a caller would wait longer than it is worth (about 1 s). */
const QUEUE_PER_THREAD = 32;

const MILLISECONDS = 1000;

/** A module in tasks/ and one of its exports. */
export interface TaskName {
  readonly module: string;
  readonly name: string;
}

/** CPU work on worker threads, so that it never blocks the event loop. Threads start on demand. */
@Injectable()
export class ThreadPool implements OnApplicationShutdown {
  private readonly pool: Piscina;

  private readonly tasks: Counter;

  constructor(@Inject(workersConfig.KEY) config: ConfigType<typeof workersConfig>) {
    const meter = metrics.getMeter('workers');
    this.tasks = meter.createCounter('worker_pool_tasks_total', {
      description: 'CPU tasks: completed, failed, or rejected by a full queue.',
    });
    this.pool = new Piscina({
      minThreads: 0,
      maxThreads: config.cpuThreads,
      maxQueue: config.cpuThreads * QUEUE_PER_THREAD,
      idleTimeout: 30_000,
    });
    const gauge = (name: string, description: string, read: () => number) =>
      meter
        .createObservableGauge(name, { description })
        .addCallback((result) => result.observe(read()));
    gauge('worker_pool_threads', 'Worker threads that run.', () => this.pool.threads.length);
    gauge('worker_pool_threads_max', 'Most worker threads.', () => config.cpuThreads);
    gauge('worker_pool_queue_size', 'CPU tasks that wait for a thread.', () => this.pool.queueSize);
    gauge(
      'worker_pool_wait_p99_seconds',
      '99th percentile of the time tasks waited for a thread.',
      () => this.pool.histogram.waitTime.p99 / MILLISECONDS,
    );
  }

  /**
   * Runs a task on the next free thread.
   * @throws Overloaded when the queue is full; whatever the task throws.
   */
  async run<Input, Output>(task: TaskName, input: Input): Promise<Output> {
    const label = `${task.module}.${task.name}`;
    try {
      const output: unknown = await this.pool.run(input, {
        filename: taskFile(task.module),
        name: task.name,
      });
      this.tasks.add(1, { task: label, result: 'completed' });
      return output as Output;
    } catch (error) {
      const full = error instanceof Error && error.message === 'Task queue is at limit';
      this.tasks.add(1, { task: label, result: full ? 'rejected' : 'failed' });
      if (full) throw new Overloaded({ cause: error });
      throw error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}

/** Built code and source alike: a task file has the extension of this one. */
function taskFile(module: string): string {
  return new URL(`./tasks/${module}.task${extname(import.meta.url)}`, import.meta.url).href;
}
