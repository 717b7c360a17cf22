import { problem, RETRY_SOON } from '../problems/problem.js';

/** 409: the first request with this key has not ended yet. */
export class IdempotencyInFlight extends problem(
  { code: 'idempotency.in-flight', status: 409, title: 'Request in flight' },
  'A request with this Idempotency-Key is still being worked on.',
  RETRY_SOON,
) {}

/** 422: the key was used for another request. */
export class IdempotencyMismatch extends problem(
  { code: 'idempotency.mismatch', status: 422, title: 'Idempotency key reused' },
  'This Idempotency-Key was used with another request.',
) {}
