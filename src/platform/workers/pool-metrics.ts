import { metrics } from '@opentelemetry/api';

import { fromZero } from '../common/from-zero.js';
import { priorities, type Priority } from '../declarations/thread-task.js';

/** How a task ended; `expired`: its turn did not come in time, `crashed`: its thread died. */
const TASK_RESULTS = [
  'completed',
  'failed',
  'rejected',
  'expired',
  'cancelled',
  'crashed',
] as const;
export type TaskResult = (typeof TASK_RESULTS)[number];

export interface PoolState {
  threads(): number;
  readonly maxThreads: number;
  waiting(priority: Priority): number;
}

const MILLISECONDS = 1000;

/** The figures of a thread pool. */
export class PoolMetrics {
  private readonly tasks;
  private readonly waits;
  private readonly runs;

  constructor(state: PoolState) {
    const meter = metrics.getMeter('workers');
    this.tasks = meter.createCounter('worker_pool_tasks_total', {
      unit: '{task}',
      description:
        'CPU tasks: completed, failed, rejected at the door, expired while waiting, cancelled, or crashed with their thread.',
    });
    this.waits = meter.createHistogram('worker_pool_wait_seconds', {
      unit: 's',
      description: 'Waiting time of tasks for a thread, in seconds.',
    });
    this.runs = meter.createHistogram('worker_pool_run_seconds', {
      unit: 's',
      description: 'Run time of tasks in a thread, in seconds.',
    });
    meter
      .createObservableGauge('worker_pool_threads', {
        unit: '{thread}',
        description: 'Worker threads that run.',
      })
      .addCallback((result) => result.observe(state.threads()));
    meter
      .createObservableGauge('worker_pool_threads_max', {
        unit: '{thread}',
        description: 'Most worker threads.',
      })
      .addCallback((result) => result.observe(state.maxThreads));
    meter
      .createObservableGauge('worker_pool_queue_size', {
        unit: '{task}',
        description: 'CPU tasks that wait for a thread.',
      })
      .addCallback((result) => {
        for (const priority of priorities) result.observe(state.waiting(priority), { priority });
      });
  }

  /** Makes the counters of tasks begin at zero, so that the first of each is an increase. */
  countFromZero(tasks: readonly string[]): void {
    fromZero(this.tasks, { task: tasks, result: TASK_RESULTS });
  }

  ended(task: string, result: TaskResult): void {
    this.tasks.add(1, { task, result });
  }

  waited(task: string, milliseconds: number): void {
    this.waits.record(milliseconds / MILLISECONDS, { task });
  }

  ran(task: string, milliseconds: number): void {
    this.runs.record(milliseconds / MILLISECONDS, { task });
  }
}
