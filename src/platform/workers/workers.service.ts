import { extname } from 'node:path';

import { Injectable } from '@nestjs/common';

import { type IoDependency, IoPool } from './io-pool.js';
import {
  type Priority,
  type TaskInput,
  type TaskName,
  type TaskOutput,
  taskPriorities,
} from './task-registry.js';
import { type SubmitOptions, ThreadPool } from './thread-pool.js';

/**
 * Milliseconds after which the start of a task is of no use to its caller: people who sign in
 * look elsewhere after some seconds. Work in bulk waits as long as it takes.
 */
const START_WITHIN_MS: Readonly<Record<Priority, number>> = {
  login: 3000,
  'sign-up': 3000,
  bulk: Infinity,
};

/** The two kinds of workers: threads for CPU work, slots for calls to the outside. */
@Injectable()
export class Workers {
  constructor(
    private readonly threads: ThreadPool,
    private readonly slots: IoPool,
  ) {}

  /**
   * Runs a named task on a worker thread. Input and output are copied.
   * @throws Overloaded when it cannot start in time, ThreadLost, TaskCancelled; whatever the task
   * throws.
   */
  async submitCpuTask<Name extends TaskName>(
    task: Name,
    input: TaskInput<Name>,
    { startWithinMs = START_WITHIN_MS[taskPriorities[task]], signal }: SubmitOptions = {},
  ): Promise<TaskOutput<Name>> {
    const [module = '', name = ''] = task.split('.');
    const definition = { label: task, file: fileOf(module), name, priority: taskPriorities[task] };
    return this.threads.submit<TaskOutput<Name>>(definition, input, { startWithinMs, signal });
  }

  /**
   * Makes a call to the outside in one of the slots: the bulkhead of all dependencies.
   * @throws Overloaded when too many wait; whatever the call throws.
   */
  async submitIoTask<Output>(
    dependency: IoDependency,
    call: () => Promise<Output>,
  ): Promise<Output> {
    return this.slots.submit(dependency, call);
  }
}

/** Built code and source alike: a task file has the extension of this one. */
function fileOf(module: string): string {
  return new URL(`./tasks/${module}.task${extname(import.meta.url)}`, import.meta.url).href;
}
