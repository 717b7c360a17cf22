import { IdempotencyInFlight } from '../../platform/idempotency/idempotency.errors.js';
import { problem } from '../../platform/problems/problem.js';

/** 409: a change to another tier is in progress, and the outcome of its charge is unknown. */
export class TierChangeInFlight extends problem(
  IdempotencyInFlight,
  'Another change of this tier is still being worked on.',
  { 'Retry-After': '5' },
) {}

/** Makes the job retry; never visible to clients. */
export class ChargeOutcomeUnknown extends Error {
  override readonly name = 'ChargeOutcomeUnknown';

  constructor() {
    super('the payment service has not said what became of the charge');
  }
}
