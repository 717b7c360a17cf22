import { extname } from 'node:path';

import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { context, SpanKind, trace } from '@opentelemetry/api';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import type { Piscina } from 'piscina';

import { Overloaded } from '../problems/problem.js';
import { workersConfig } from './workers.config.js';
import { failSpan } from '../observability/tracing/spans.js';
import { currentTraceparent } from '../observability/tracing/traceparent.js';
import { PoolMetrics, type TaskResult } from './pool-metrics.js';
import { TaskQueue } from './task-queue.js';
import type { ThreadTask } from '../declarations/thread-task.js';
import type { Order, Outcome } from './tasks/runner.js';
import { TaskCancelled, ThreadLost } from './worker.errors.js';

/** Most waiting tasks per thread, as a limit of memory. Time limits apply first. */
const QUEUE_PER_THREAD = 64;

/** Weight of the newest run in the moving average of run times. */
const SMOOTHING = 0.1;

/** Heap of a thread, MB: the hashes' memory is outside of it, and a batch of lines takes little. */
const THREAD_HEAP_MB = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 };

const IDLE_MS = 30_000;

const runner = new URL(`./tasks/runner${extname(import.meta.url)}`, import.meta.url).href;
const tracer = trace.getTracer('workers');

export interface SubmitOptions {
  /** Milliseconds after which the caller no longer waits for the start of the task. */
  readonly startWithinMs?: number | undefined;
  /** Cancels the task: out of the queue, or together with its thread. */
  readonly signal?: AbortSignal | undefined;
}

interface Submission {
  readonly task: ThreadTask;
  readonly order: Order;
  readonly signal: AbortSignal | undefined;
  readonly since: number;
  start(): void;
}

/**
 * CPU work on worker threads, so that it never blocks the event loop. Threads start on demand.
 *
 * Tasks wait here and not in piscina, which gets a task only when a thread is free: its own queue
 * has neither priorities nor deadlines, does not limit tasks that can be cancelled, and stops when
 * the last thread dies.
 */
@Injectable()
export class ThreadPool implements OnApplicationShutdown {
  /** Opened with the first task, as many processes never run one. */
  private pool: Piscina<Order, Outcome> | undefined;
  private readonly queue: TaskQueue<Submission>;
  private readonly metrics: PoolMetrics;
  /** Threads it may use. */
  readonly threads: number;
  /** How long a task runs, in ms: moving average over all tasks, 0 before the first. */
  runMs = 0;
  private running = 0;
  private drained: (() => void) | undefined;
  private closing = false;

  constructor(
    @Inject(workersConfig.KEY) { cpuThreads }: ConfigType<typeof workersConfig>,
    @InjectPinoLogger('workers') private readonly logger: Pick<PinoLogger, 'warn'>,
  ) {
    this.threads = cpuThreads;
    this.queue = new TaskQueue(cpuThreads * QUEUE_PER_THREAD);
    this.metrics = new PoolMetrics({
      threads: () => this.pool?.threads.length ?? 0,
      maxThreads: cpuThreads,
      waiting: (priority) => this.queue.sizeOf(priority),
    });
  }

  /** Makes the counters of tasks begin at zero. @param tasks their labels. */
  countFromZero(tasks: readonly string[]): void {
    this.metrics.countFromZero(tasks);
  }

  /** Expected wait of a new task for its thread, in ms, from the tasks before it. */
  get expectedWaitMs(): number {
    if (this.running < this.threads) return 0;
    return ((this.queue.size + 1) * this.runMs) / this.threads;
  }

  /**
   * Runs a task on a thread.
   * @throws Overloaded when it cannot start in time, ThreadLost when its thread dies,
   * TaskCancelled; the error of the task.
   */
  async submit<Output>(
    task: ThreadTask,
    input: unknown,
    { startWithinMs = Infinity, signal }: SubmitOptions = {},
  ): Promise<Output> {
    if (signal?.aborted === true) throw this.end(task, 'cancelled', new TaskCancelled());
    if (this.closing || this.expectedWaitMs > startWithinMs)
      throw this.end(task, 'rejected', new Overloaded());
    // Its turn comes while another task's caller runs.
    const caller = context.active();
    return new Promise<Output>((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const submission: Submission = {
        task,
        order: { file: task.file, name: task.name, input, traceparent: currentTraceparent() },
        signal,
        since: performance.now(),
        start: () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', cancel);
          void context.with(caller, () => this.execute<Output>(submission).then(resolve, reject));
        },
      };
      const leave = (result: TaskResult, error: Error) => {
        if (!this.queue.remove(submission)) return;
        clearTimeout(timer);
        reject(this.end(task, result, error));
        this.dispatch();
      };
      const cancel = () => leave('cancelled', new TaskCancelled());
      if (!this.queue.push(submission, task.priority, submission.since)) {
        reject(this.end(task, 'rejected', new Overloaded()));
        return;
      }
      this.dispatch();
      if (this.queue.size === 0) return;
      signal?.addEventListener('abort', cancel, { once: true });
      if (startWithinMs < Infinity)
        timer = setTimeout(() => leave('expired', new Overloaded()), startWithinMs);
    });
  }

  /** Refuses new tasks, finishes accepted ones, ends the threads. */
  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    if (this.running > 0) await new Promise<void>((resolve) => (this.drained = resolve));
    await this.pool?.destroy();
  }

  /** Dispatches tasks while threads are free. */
  private dispatch(): void {
    while (this.running < this.threads) {
      const next = this.queue.shift();
      if (next === undefined) break;
      this.running += 1;
      next.start();
    }
    if (this.running === 0) this.drained?.();
  }

  private async execute<Output>({ task, order, signal, since }: Submission): Promise<Output> {
    const { label } = task;
    const waited = performance.now() - since;
    this.metrics.waited(label, waited);
    const span = openSpan(label, waited);
    try {
      const outcome = await this.inThread(order, signal);
      const ran = outcome.ended - outcome.began;
      this.learn(ran);
      this.metrics.ran(label, ran);
      if ('error' in outcome) throw this.end(task, 'failed', outcome.error);
      this.metrics.ended(label, 'completed');
      return outcome.output as Output;
    } catch (error) {
      if (error instanceof ThreadLost) {
        this.logger.warn({ err: error, task: label }, 'worker thread lost');
        this.metrics.ended(label, 'crashed');
      }
      if (error instanceof TaskCancelled) this.metrics.ended(label, 'cancelled');
      if (span) failSpan(span, error);
      throw error;
    } finally {
      span?.end();
      this.running -= 1;
      this.dispatch();
    }
  }

  /** A rejection is never the task's own: see the runner. */
  private async inThread(order: Order, signal: AbortSignal | undefined): Promise<Outcome> {
    const pool = this.pool ?? (await this.open());
    try {
      return await pool.run(order, signal && { signal });
    } catch (error) {
      throw signal?.aborted === true ? new TaskCancelled() : new ThreadLost({ cause: error });
    }
  }

  private async open(): Promise<Piscina<Order, Outcome>> {
    const { Piscina: Pool } = await import('piscina');
    // Another task may have opened it meanwhile.
    if (this.pool !== undefined) return this.pool;
    const pool = new Pool<Order, Outcome>({
      filename: runner,
      minThreads: 0,
      maxThreads: this.threads,
      // Holds tasks only while their thread starts.
      maxQueue: this.threads,
      idleTimeout: IDLE_MS,
      resourceLimits: THREAD_HEAP_MB,
    });
    // An idle thread that dies fails no task; without a listener it would end the process.
    const onLost = (error: Error) => this.logger.warn({ err: error }, 'idle worker thread lost');
    pool.on('error', onLost);
    this.pool = pool;
    return pool;
  }

  private learn(runMs: number): void {
    this.runMs += this.runMs === 0 ? runMs : (runMs - this.runMs) * SMOOTHING;
  }

  private end<Failure>({ label }: ThreadTask, result: TaskResult, error: Failure): Failure {
    this.metrics.ended(label, result);
    return error;
  }
}

/** Only where the caller's trace is recorded: elsewhere it would not be exported. */
function openSpan(label: string, waitedMs: number) {
  if (trace.getSpan(context.active())?.isRecording() !== true) return undefined;
  return tracer.startSpan(`worker_pool.${label}`, {
    kind: SpanKind.INTERNAL,
    attributes: { 'worker_pool.wait_ms': Math.round(waitedMs) },
  });
}
