import { type Context, context, createContextKey } from '@opentelemetry/api';

import type { Principal } from './principal.js';

/** What everything below a request may want to know about it: for logs and the audit trail. */
export interface RequestContext {
  readonly requestId: string;
  /** Address of the client, after `TRUST_PROXY`; nothing for commands. */
  readonly ip?: string;
  /** Who asks: anonymous until the credentials were looked at. */
  principal: Principal;
}

const REQUEST = createContextKey('request');

/**
 * The request this code runs for; nothing in jobs, commands and at start-up. It travels in the
 * OpenTelemetry context, so that logs and traces share one AsyncLocalStorage.
 */
export function currentRequest(): RequestContext | undefined {
  return requestOf(context.active());
}

/** The request that a context belongs to. */
export function requestOf(within: Context): RequestContext | undefined {
  return within.getValue(REQUEST) as RequestContext | undefined;
}

/** A context like the given one, for a request. */
export function withRequest(parent: Context, request: RequestContext): Context {
  return parent.setValue(REQUEST, request);
}

/** Runs `fn`, and all it calls, for the given request. */
export function runForRequest<Result>(request: RequestContext, fn: () => Result): Result {
  return context.with(withRequest(context.active(), request), fn);
}
