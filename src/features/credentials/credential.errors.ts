import { CHALLENGE, problem } from '../../platform/problems/problem.js';

/** 401: unknown, wrong, suspended or locked; only the audit log has the reason. */
export class InvalidCredentials extends problem(
  { code: 'auth.invalid-credentials', status: 401, title: 'Invalid credentials' },
  'The credentials are not valid.',
  CHALLENGE,
) {}

/** 400: a mailed or login token that is unknown, used, replaced or expired. */
export class InvalidToken extends problem(
  { code: 'auth.invalid-token', status: 400, title: 'Invalid token' },
  'The token is unknown, expired or already used.',
) {}

/** 409: the user could not sign in any more. */
export class LastCredential extends problem(
  { code: 'auth.last-credential', status: 409, title: 'Last way to sign in' },
  'It is the only way to sign in to the account; set a password first.',
) {}
