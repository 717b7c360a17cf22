import { ProblemError } from '../problems/problem.js';

/** 409: the first request with this key has not ended yet. */
export class IdempotencyInFlight extends ProblemError {
  readonly code = 'idempotency.in-flight';
  override readonly headers = { 'Retry-After': '1' };

  constructor() {
    super('A request with this Idempotency-Key is still being worked on.');
  }
}

/** 422: the key was used for another request. */
export class IdempotencyMismatch extends ProblemError {
  readonly code = 'idempotency.mismatch';

  constructor() {
    super('This Idempotency-Key was used with another request.');
  }
}
