import { ProblemError } from '../common/problem.js';

/** 409: a living user has this address. */
export class EmailTaken extends ProblemError {
  readonly code = 'users.email-taken';

  constructor(options?: ErrorOptions) {
    super('A user with this e-mail address exists.', options);
  }
}

/** 404: no living user has this id. */
export class UserNotFound extends ProblemError {
  readonly code = 'users.not-found';

  constructor() {
    super('There is no such user.');
  }
}
