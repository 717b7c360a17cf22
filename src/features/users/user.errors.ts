import { CHALLENGE, problem } from '../../platform/problems/problem.js';

/** 409: a living user has this address. */
export class EmailTaken extends problem(
  'users.email-taken',
  'A user with this e-mail address exists.',
) {}

/** 401: unknown, wrong, suspended or locked; which of them is for the audit log alone. */
export class InvalidCredentials extends problem(
  'auth.invalid-credentials',
  'The credentials are not valid.',
  CHALLENGE,
) {}

/** 400: a mailed token that is unknown, used, replaced or over. */
export class InvalidToken extends problem(
  'auth.invalid-token',
  'The token is unknown, expired or already used.',
) {}

/** 404: no living user has this id. */
export class UserNotFound extends problem('users.not-found', 'There is no such user.') {}
