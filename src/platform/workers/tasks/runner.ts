// Runs in a worker thread: it may load only what .dependency-cruiser.cjs lists.

import type { TaskContext } from '../../declarations/thread-task.js';

/** A task as it is sent to a thread: plain data. */
export interface Order extends TaskContext {
  readonly file: string;
  readonly name: string;
  readonly input: unknown;
}

/** The outcome of a task, with its start and end in the thread (Unix time in ms). */
export type Outcome = { readonly began: number; readonly ended: number } & (
  { readonly output: unknown } | { readonly error: unknown }
);

/**
 * The entry of every thread. An error of a task is a normal outcome, so that a rejected promise on
 * the main side means that the thread itself died.
 */
export default async function run({ file, name, input, traceparent }: Order): Promise<Outcome> {
  const now = () => performance.timeOrigin + performance.now();
  let began = now();
  try {
    const module = (await import(file)) as Record<
      string,
      (input: unknown, context: TaskContext) => unknown
    >;
    // The first task of a thread would otherwise count the loading of its code.
    began = now();
    const output = await module[name]?.(input, { traceparent });
    return { began, ended: now(), output };
  } catch (error) {
    return { began, ended: now(), error };
  }
}
