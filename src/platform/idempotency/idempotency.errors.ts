import { problem, RETRY_SOON } from '../problems/problem.js';

/** 409: the first request with this key has not ended yet. */
export class IdempotencyInFlight extends problem(
  'idempotency.in-flight',
  'A request with this Idempotency-Key is still being worked on.',
  RETRY_SOON,
) {}

/** 422: the key was used for another request. */
export class IdempotencyMismatch extends problem(
  'idempotency.mismatch',
  'This Idempotency-Key was used with another request.',
) {}
