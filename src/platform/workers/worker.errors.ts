import { ProblemError } from '../problems/problem.js';

/** 503: the thread that did the work died; others went on, and trying again helps. */
export class ThreadLost extends ProblemError {
  readonly code = 'service.overloaded';
  override readonly headers = { 'Retry-After': '1' };

  constructor(options?: ErrorOptions) {
    super('The work was interrupted and can be tried again.', options);
  }
}

/** The caller's signal ended the task. */
export class TaskCancelled extends Error {
  override readonly name = 'TaskCancelled';

  constructor() {
    super('The task was cancelled.');
  }
}
