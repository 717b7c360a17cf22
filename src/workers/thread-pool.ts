import { extname } from 'node:path';

import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { Piscina } from 'piscina';

import { Overloaded } from '../common/problem.js';
import { workersConfig } from '../config/workers.config.js';

/** Waiting tasks per thread; beyond it a caller would wait longer than it is worth (about 1 s). */
const QUEUE_PER_THREAD = 32;

/** A module in tasks/ and one of its exports. */
export interface TaskName {
  readonly module: string;
  readonly name: string;
}

/** CPU work on worker threads, so that it never blocks the event loop. Threads start on demand. */
@Injectable()
export class ThreadPool implements OnApplicationShutdown {
  private readonly pool: Piscina;

  constructor(@Inject(workersConfig.KEY) config: ConfigType<typeof workersConfig>) {
    this.pool = new Piscina({
      minThreads: 0,
      maxThreads: config.cpuThreads,
      maxQueue: config.cpuThreads * QUEUE_PER_THREAD,
      idleTimeout: 30_000,
    });
  }

  /**
   * Runs a task on the next free thread.
   * @throws Overloaded when the queue is full; whatever the task throws.
   */
  async run<Input, Output>(task: TaskName, input: Input): Promise<Output> {
    try {
      return (await this.pool.run(input, {
        filename: taskFile(task.module),
        name: task.name,
      })) as Output;
    } catch (error) {
      if (error instanceof Error && error.message === 'Task queue is at limit') {
        throw new Overloaded({ cause: error });
      }
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
