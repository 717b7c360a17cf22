import { CHALLENGE, ProblemError } from '../../platform/problems/problem.js';

/** 409: a living user has this address. */
export class EmailTaken extends ProblemError {
  readonly code = 'users.email-taken';

  constructor(options?: ErrorOptions) {
    super('A user with this e-mail address exists.', options);
  }
}

/** 401: unknown, wrong, suspended or locked; which of them is for the audit log alone. */
export class InvalidCredentials extends ProblemError {
  readonly code = 'auth.invalid-credentials';
  override readonly headers = CHALLENGE;

  constructor() {
    super('The credentials are not valid.');
  }
}

/** 400: a mailed token that is unknown, used, replaced or over. */
export class InvalidToken extends ProblemError {
  readonly code = 'auth.invalid-token';

  constructor() {
    super('The token is unknown, expired or already used.');
  }
}

/** 404: no living user has this id. */
export class UserNotFound extends ProblemError {
  readonly code = 'users.not-found';

  constructor() {
    super('There is no such user.');
  }
}
