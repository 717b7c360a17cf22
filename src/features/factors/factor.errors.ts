import { problem, ResourceNotFound } from '../../platform/problems/problem.js';

/** 403: a second factor needs an address that its user has verified. */
export class EmailUnverified extends problem(
  { code: 'auth.email-unverified', status: 403, title: 'E-mail address not verified' },
  'The e-mail address has to be verified first.',
) {}

/** 404: the user has no such factor. */
export class FactorNotFound extends problem(ResourceNotFound, 'There is no such factor.') {}
