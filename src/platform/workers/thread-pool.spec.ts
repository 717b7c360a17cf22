import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { context, trace, TraceFlags } from '@opentelemetry/api';

import { Overloaded } from '../problems/problem.js';
import { startContext } from '../common/request/start-context.js';
import type { Priority } from '../declarations/thread-task.js';
import { type SubmitOptions, ThreadPool } from './thread-pool.js';
import { TaskCancelled, ThreadLost } from './worker.errors.js';

const file = new URL('../../../test/support/tasks/trial.task.ts', import.meta.url).href;

describe('ThreadPool', () => {
  let pool: ThreadPool;
  let warnings: string[];

  beforeEach(() => {
    warnings = [];
    const logger = { warn: (_fields: unknown, message: string) => warnings.push(message) };
    pool = new ThreadPool({ cpuThreads: 1, ioSlots: 4 }, logger);
  });

  afterEach(() => pool.onApplicationShutdown());

  function submit(
    name: string,
    input?: unknown,
    { priority = 'login', ...options }: SubmitOptions & { priority?: Priority } = {},
  ): Promise<unknown> {
    return pool.submit({ label: `trial.${name}`, file, name, priority }, input, options);
  }

  /** Occupies the only thread. @returns lets it go. */
  async function occupy(): Promise<() => Promise<unknown>> {
    await submit('echo');
    const gate = new SharedArrayBuffer(4);
    const held = submit('wait', { gate });
    return () => {
      Atomics.store(new Int32Array(gate), 0, 1);
      Atomics.notify(new Int32Array(gate), 0);
      return held;
    };
  }

  it('runs a task and passes on its result or error', async () => {
    expect(await submit('echo', 'hello')).toBe('hello');
    await expect(submit('fail', 'bad input')).rejects.toMatchObject({
      name: 'TypeError',
      message: 'bad input',
    });
  });

  it('starts waiting tasks by priority', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pool-'));
    const notes = join(folder, 'notes');
    const release = await occupy();
    const waiting = (['bulk', 'sign-up', 'login'] as const).map((priority) =>
      submit('note', { file: notes, text: `${priority} ` }, { priority }),
    );
    await release();
    await Promise.all(waiting);
    expect(readFileSync(notes, 'utf8')).toBe('login sign-up bulk ');
    rmSync(folder, { recursive: true });
  });

  it('drops a task whose caller no longer waits', async () => {
    const release = await occupy();
    await expect(submit('echo', 'late', { startWithinMs: 20 })).rejects.toBeInstanceOf(Overloaded);
    await release();
    expect(await submit('echo', 'in time', { startWithinMs: 60_000 })).toBe('in time');
  });

  it('refuses at once tasks that could not start in time', async () => {
    const release = await occupy();
    const patient = Array.from({ length: 20 }, (_, index) => submit('echo', String(index)));
    expect(pool.expectedWaitMs).toBeGreaterThan(0);
    const refused = jest.fn();
    submit('echo', 'x', { startWithinMs: pool.expectedWaitMs / 2 }).catch(refused);
    // Before any timer.
    await new Promise((resolve) => setImmediate(resolve));
    expect(refused).toHaveBeenCalledWith(expect.any(Overloaded));
    await release();
    expect(await Promise.all(patient)).toHaveLength(20);
    expect(pool.expectedWaitMs).toBe(0);
  });

  it('cancels a task before, while it waits and while it runs', async () => {
    await expect(submit('echo', 'x', { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
      TaskCancelled,
    );
    const running = new AbortController();
    const waiting = new AbortController();
    await submit('echo');
    const gate = new SharedArrayBuffer(4);
    const first = submit('wait', { gate }, { signal: running.signal });
    const second = submit('echo', 'x', { signal: waiting.signal });
    const third = submit('echo', 'survivor');
    waiting.abort();
    await expect(second).rejects.toBeInstanceOf(TaskCancelled);
    running.abort();
    await expect(first).rejects.toBeInstanceOf(TaskCancelled);
    expect(await third).toBe('survivor');
  });

  it.each(['exit', 'exhaust'])(
    'replaces a thread that dies by %s: its task fails cleanly, others go on',
    async (way) => {
      const lost = submit(way);
      const others = Array.from({ length: 3 }, (_, index) => submit('echo', String(index)));
      await expect(lost).rejects.toBeInstanceOf(ThreadLost);
      expect(await Promise.all(others)).toEqual(['0', '1', '2']);
      expect(warnings).toEqual(['worker thread lost']);
    },
  );

  it('survives a thread that dies between tasks', async () => {
    expect(await submit('dieLater')).toBe('done');
    // Whichever task meets the dying thread fails cleanly; the next one has a new thread.
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, async (_, index) => {
        await new Promise((resolve) => setTimeout(resolve, index * 20));
        return submit('echo', 'alive');
      }),
    );
    expect(outcomes.at(-1)).toEqual({ status: 'fulfilled', value: 'alive' });
    const failures = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect(failures.every((failure) => failure instanceof ThreadLost)).toBe(true);
  });

  it('passes recorded traces on to the thread', async () => {
    startContext();
    const [traceId, spanId] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
    const within = (traceFlags: TraceFlags) =>
      context.with(trace.setSpanContext(context.active(), { traceId, spanId, traceFlags }), () =>
        submit('trace'),
      );
    expect(await within(TraceFlags.SAMPLED)).toBe(`00-${traceId}-${spanId}-01`);
    expect(await within(TraceFlags.NONE)).toBe('none');
  });

  it('finishes accepted tasks when it closes, and refuses new ones', async () => {
    const release = await occupy();
    const accepted = submit('echo', 'accepted');
    const ended = pool.onApplicationShutdown();
    await expect(submit('echo', 'too late')).rejects.toBeInstanceOf(Overloaded);
    await release();
    expect(await accepted).toBe('accepted');
    await ended;
  });
});
