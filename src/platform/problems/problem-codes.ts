/**
 * The public registry of error codes: status, title and when it occurs. Titles are the problem
 * `title`; `type` is `urn:problem:<code>`.
 */
export const problemCodes = {
  'request.invalid': { status: 400, title: 'Invalid request' },
  'auth.invalid-token': { status: 400, title: 'Invalid token' },
  'auth.unauthenticated': { status: 401, title: 'Authentication needed' },
  'auth.invalid-credentials': { status: 401, title: 'Invalid credentials' },
  'payments.declined': { status: 402, title: 'Payment declined' },
  'auth.forbidden': { status: 403, title: 'Forbidden' },
  'request.not-found': { status: 404, title: 'No such resource' },
  'users.not-found': { status: 404, title: 'No such user' },
  'users.email-taken': { status: 409, title: 'E-mail address taken' },
  'idempotency.in-flight': { status: 409, title: 'Request in flight' },
  'request.precondition-failed': { status: 412, title: 'Precondition failed' },
  'request.too-large': { status: 413, title: 'Request too large' },
  'request.unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'idempotency.mismatch': { status: 422, title: 'Idempotency key reused' },
  'rate.limited': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Internal error' },
  'service.overloaded': { status: 503, title: 'Overloaded' },
  'dependency.unavailable': { status: 503, title: 'Dependency unavailable' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problemCodes;

/** The `type` URI of a code. */
export function problemType(code: ProblemCode): string {
  return `urn:problem:${code}`;
}
