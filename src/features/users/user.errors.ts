import { problem } from '../../platform/problems/problem.js';

/** 409: a living user has this address. */
export class EmailTaken extends problem(
  { code: 'users.email-taken', status: 409, title: 'E-mail address taken' },
  'A user with this e-mail address exists.',
) {}

/** 404: no living user has this id. */
export class UserNotFound extends problem(
  { code: 'users.not-found', status: 404, title: 'No such user' },
  'There is no such user.',
) {}
