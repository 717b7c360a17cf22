import { Inject, Injectable, Optional } from '@nestjs/common';

import { type IoDependency, IoPool } from './io-pool.js';
import type { Priority, TaskInput, TaskOutput, ThreadTask } from '../declarations/thread-task.js';
import { type SubmitOptions, ThreadPool } from './thread-pool.js';

/**
 * Milliseconds after which a task is too late for its caller: people wait only some seconds for a
 * sign-in. Bulk work has no limit.
 */
const START_WITHIN_MS: Readonly<Record<Priority, number>> = {
  login: 3000,
  'sign-up': 3000,
  bulk: Infinity,
};

/** The tasks that the features declare, an array of `ThreadTask`. */
export const THREAD_TASKS = Symbol('THREAD_TASKS');

/** The two kinds of workers: threads for CPU work, slots for outbound calls. */
@Injectable()
export class Workers {
  constructor(
    private readonly threads: ThreadPool,
    private readonly slots: IoPool,
    @Optional() @Inject(THREAD_TASKS) tasks: readonly ThreadTask[] = [],
  ) {
    threads.countFromZero(tasks.map(({ label }) => label));
  }

  /**
   * Runs a task on a worker thread. Input and output are copied.
   * @throws Overloaded when it cannot start in time, ThreadLost, TaskCancelled; the error of the
   * task.
   */
  async submitCpuTask<Code extends NonNullable<ThreadTask['code']>>(
    task: ThreadTask<Code>,
    input: TaskInput<Code>,
    { startWithinMs = START_WITHIN_MS[task.priority], signal }: SubmitOptions = {},
  ): Promise<TaskOutput<Code>> {
    return this.threads.submit<TaskOutput<Code>>(task, input, { startWithinMs, signal });
  }

  /**
   * Runs an outbound call in one of the slots: the bulkhead of all dependencies.
   * @throws Overloaded if too many wait; the error of the call.
   */
  async submitIoTask<Output>(
    dependency: IoDependency,
    call: () => Promise<Output>,
  ): Promise<Output> {
    return this.slots.submit(dependency, call);
  }
}
