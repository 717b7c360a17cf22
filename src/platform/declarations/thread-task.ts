import { extname } from 'node:path';

/** The order of tasks: sign-ins, then sign-ups, then work in bulk. */
export const priorities = ['login', 'sign-up', 'bulk'] as const;
export type Priority = (typeof priorities)[number];

/** Context of a task beside its input. */
export interface TaskContext {
  /** W3C trace context of the caller, where its trace is recorded. */
  readonly traceparent?: string | undefined;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a bound that every task fits
type TaskCode = (input: any, context: TaskContext) => unknown;

/** A task for a worker thread. Input and output are plain data, since they are copied. */
export interface ThreadTask<Code extends TaskCode = TaskCode> {
  /** Name for metrics and spans: `<module>.<export>`. */
  readonly label: string;
  readonly file: string;
  readonly name: string;
  readonly priority: Priority;
  /** Carries the function's type; absent at run time. */
  readonly code?: Code;
}

export type TaskInput<Code extends TaskCode> = Parameters<Code>[0];
export type TaskOutput<Code extends TaskCode> = Awaited<ReturnType<Code>>;

/**
 * Declares the tasks of `<module>.task.ts`, which is beside the declaring file.
 * @param base `import.meta.url` of that file.
 * @param priorityOf each exported function with its priority.
 */
export function threadTasks<Module extends Record<keyof Module, TaskCode>>(
  module: string,
  base: string,
  priorityOf: { readonly [Name in keyof Module]: Priority },
): { readonly [Name in keyof Module]: ThreadTask<Module[Name]> } {
  const file = new URL(`./${module}.task${extname(base)}`, base).href;
  return Object.fromEntries(
    Object.entries<Priority>(priorityOf).map(([name, priority]) => [
      name,
      { label: `${module}.${name}`, file, name, priority },
    ]),
  ) as { readonly [Name in keyof Module]: ThreadTask<Module[Name]> };
}
