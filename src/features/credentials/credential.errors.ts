import { CHALLENGE, problem } from '../../platform/problems/problem.js';

/** 401: unknown, wrong, suspended or locked; which of them is for the audit log alone. */
export class InvalidCredentials extends problem(
  { code: 'auth.invalid-credentials', status: 401, title: 'Invalid credentials' },
  'The credentials are not valid.',
  CHALLENGE,
) {}

/** 400: a mailed token that is unknown, used, replaced or over. */
export class InvalidToken extends problem(
  { code: 'auth.invalid-token', status: 400, title: 'Invalid token' },
  'The token is unknown, expired or already used.',
) {}
