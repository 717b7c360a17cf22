import { isBrokenCircuitError } from 'cockatiel';

import { Overloaded } from '../problems/problem.js';

/** What `fetch` gives as the cause when it could not connect to the server. */
const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Whether `fetch` failed before there was a connection, so that the request was not sent. A reset
 * or a timeout does not prove that.
 */
export function neverConnected(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && NO_CONNECTION.has(String(cause.code));
}

/** Whether our own policy refused the call. */
export function wasRefusedByPolicy(error: unknown): boolean {
  return isBrokenCircuitError(error) || error instanceof Overloaded;
}
