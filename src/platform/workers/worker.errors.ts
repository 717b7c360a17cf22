import { Overloaded, problem, RETRY_SOON } from '../problems/problem.js';

/** 503: the thread of the task died; others continue, and a retry helps. */
export class ThreadLost extends problem(
  Overloaded,
  'The work was interrupted and can be tried again.',
  RETRY_SOON,
) {}

/** The caller's signal ended the task. */
export class TaskCancelled extends Error {
  override readonly name = 'TaskCancelled';

  constructor() {
    super('The task was cancelled.');
  }
}
