import { type Context, context, createContextKey } from '@opentelemetry/api';

import type { Principal } from './principal.js';

/** Context of a request for logs and the audit log. */
export interface RequestContext {
  readonly requestId: string;
  /** Address of the client, after `TRUST_PROXY`; undefined for commands. */
  readonly ip?: string;
  /** The caller: anonymous until authentication. */
  principal: Principal;
}

const REQUEST = createContextKey('request');

/**
 * The current request; undefined in jobs, commands and at start-up. It is stored in the
 * OpenTelemetry context, so that logs and traces share one AsyncLocalStorage.
 */
export function currentRequest(): RequestContext | undefined {
  return requestOf(context.active());
}

/** The request of a context. */
export function requestOf(within: Context): RequestContext | undefined {
  return within.getValue(REQUEST) as RequestContext | undefined;
}

/** A context like the given one, for a request. */
export function withRequest(parent: Context, request: RequestContext): Context {
  return parent.setValue(REQUEST, request);
}

/** Runs `fn` in the context of the given request. */
export function runForRequest<Result>(request: RequestContext, fn: () => Result): Result {
  return context.with(withRequest(context.active(), request), fn);
}
