import type * as bulk from '../../features/bulk/bulk.task.js';
import type * as password from '../../features/credentials/password.task.js';
import type { TaskContext } from './tasks/runner.js';

/** The modules of `tasks/`: each exported function is a task, named `<module>.<function>`. */
interface TaskModules {
  readonly password: typeof password;
  readonly bulk: typeof bulk;
}

type ModuleName = keyof TaskModules;

/** Names of all tasks. */
export type TaskName = {
  [Module in ModuleName]: `${Module}.${keyof TaskModules[Module] & string}`;
}[ModuleName];

type TaskFunction<Name extends TaskName> = Name extends `${infer Module}.${infer Export}`
  ? Module extends ModuleName
    ? Extract<TaskModules[Module][Export & keyof TaskModules[Module]], TaskCode>
    : never
  : never;

// oxlint-disable-next-line typescript/no-explicit-any -- a bound that every task fits
type TaskCode = (input: any, context: TaskContext) => unknown;

/** What a task takes: plain data, since it is copied to the thread. */
export type TaskInput<Name extends TaskName> = Parameters<TaskFunction<Name>>[0];

/** What a task gives back, copied as well. */
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<TaskFunction<Name>>>;

/** Who goes first: somebody who waits to get in, then who joins, then work in bulk. */
export const priorities = ['login', 'sign-up', 'bulk'] as const;
export type Priority = (typeof priorities)[number];

/** The priority of each task, and thereby all tasks there are. */
export const taskPriorities: Readonly<Record<TaskName, Priority>> = {
  'password.verify': 'login',
  'password.hash': 'sign-up',
  'bulk.readUsers': 'bulk',
  'bulk.writeUsers': 'bulk',
};
