import { ProblemError } from '../../../platform/problems/problem.js';

/** 404: the caller has no living session with this id. */
export class SessionNotFound extends ProblemError {
  readonly code = 'request.not-found';

  constructor() {
    super('There is no such session.');
  }
}
