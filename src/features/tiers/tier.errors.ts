import { ProblemError } from '../../platform/problems/problem.js';

/** 409: a change to another tier is under way, and whether it is paid for is not known yet. */
export class TierChangeInFlight extends ProblemError {
  readonly code = 'idempotency.in-flight';
  override readonly headers = { 'Retry-After': '5' };

  constructor() {
    super('Another change of this tier is still being worked on.');
  }
}

/** Makes the job ask again; nobody else sees it. */
export class ChargeOutcomeUnknown extends Error {
  override readonly name = 'ChargeOutcomeUnknown';

  constructor() {
    super('the payment service has not said what became of the charge');
  }
}
