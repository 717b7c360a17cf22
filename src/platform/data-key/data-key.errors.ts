import { DependencyUnavailable, problem } from '../problems/problem.js';

/**
 * 503: no key of `DATA_KEY` opens a stored secret. Only this secret is affected, and only an operator can help. The
 * log names its row.
 */
export class SecretUnreadable extends problem(
  DependencyUnavailable,
  'A stored secret cannot be read.',
) {}
