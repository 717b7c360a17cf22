import { type Attributes, context, propagation } from '@opentelemetry/api';

import { RequestInvalid } from '../../platform/problems/problem.js';
import { SIGNUP_SOURCE } from '../../platform/observability/tracing/propagation.js';

/** Runs work with the source as baggage, which the mail job inherits. */
export function fromSource<Result>(source: string, work: () => Promise<Result>): Promise<Result> {
  const baggage = propagation.getActiveBaggage() ?? propagation.createBaggage();
  const entries = baggage.setEntry(SIGNUP_SOURCE, { value: source });
  return context.with(propagation.setBaggage(context.active(), entries), work);
}

/** The first fault of a request, by its field: `missing_email`, `invalid_name`. */
export function faultOf(error: unknown): Attributes {
  if (!(error instanceof RequestInvalid)) return {};
  const [fault] = error.faults;
  const known = /^\/(email|name|password|source|tier)$/.exec(fault?.pointer ?? '')?.[1];
  if (known === undefined) return { 'validation.error': 'invalid_request' };
  const kind = fault?.detail === 'is missing' ? 'missing' : 'invalid';
  return { 'validation.error': `${kind}_${known}` };
}
