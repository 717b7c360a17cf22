import type { z } from 'zod';

/** One fault of the input: an RFC 6901 pointer into the body, or `query/<name>`, and what is wrong. */
export interface InputFault {
  readonly pointer: string;
  readonly detail: string;
}

/** What all problems with one code share. */
export interface ProblemKind {
  /** The stable name, such as `users.not-found`. */
  readonly code: string;
  readonly status: number;
  /** The status in words, different for each code. */
  readonly title: string;
}

/**
 * An error that clients may see, as RFC 9457 problem details. `message` becomes the `detail` and
 * therefore never holds internals or another user's data.
 */
export abstract class ProblemError extends Error implements ProblemKind {
  abstract readonly code: string;
  abstract readonly status: number;
  abstract readonly title: string;
  /** All invalid fields of the input. */
  readonly faults?: readonly InputFault[];
  /** Further members of the document (RFC 9457 §3.2). */
  readonly members?: object;
  /** Further response headers, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A class of problems. It stands for its code in `@Returns` and in the declaration of its feature. */
export type ProblemClass = ProblemKind & {
  /** Its further members; each has an example. */
  readonly members?: z.ZodObject;
} & (abstract new (...args: never) => ProblemError);

/** The problems that features declare, an array of `ProblemClass`. */
export const PROBLEMS = Symbol('PROBLEMS');

/**
 * The base of a class of problems, which all have the same text and headers.
 * @param kind a new code with its status and title, which a feature declares; or another class
 * whose code fits.
 */
export function problem(
  { code, status, title }: ProblemKind,
  message: string,
  headers?: Readonly<Record<string, string>>,
) {
  return class extends ProblemError {
    static readonly code = code;
    static readonly status = status;
    static readonly title = title;
    readonly code = code;
    readonly status = status;
    readonly title = title;
    override readonly headers = headers;

    constructor(options?: ErrorOptions) {
      super(message, options);
    }
  };
}

/** 400: the request does not match the API description. */
export class RequestInvalid extends problem(
  { code: 'request.invalid', status: 400, title: 'Invalid request' },
  'The request does not match the API description.',
) {
  constructor(override readonly faults: readonly InputFault[]) {
    super();
  }
}

/** RFC 9110 §11.6.1: every 401 says how callers can prove themselves. */
export const CHALLENGE = { 'WWW-Authenticate': 'Bearer realm="users", ApiKey realm="users"' };
/** Trying again a second later helps. */
export const RETRY_SOON = { 'Retry-After': '1' };

/** 401: a missing credential on a route that needs one, or a wrong one on any path. */
export class Unauthenticated extends problem(
  { code: 'auth.unauthenticated', status: 401, title: 'Authentication needed' },
  'Valid credentials are needed.',
  CHALLENGE,
) {}

/** 401: the act needs a second factor, or a newer proof of it (RFC 9470 §3). */
export class StepUpRequired extends problem(
  { code: 'auth.step-up-required', status: 401, title: 'Second factor needed' },
  'This needs a second factor, proved lately.',
) {
  override readonly headers: Readonly<Record<string, string>>;

  /** @param maxAge longest age of the proof, in seconds. */
  constructor(maxAge: number) {
    super();
    this.headers = {
      'WWW-Authenticate': `Bearer error="insufficient_user_authentication", acr_values="aal2", max_age="${maxAge}"`,
    };
  }
}

/** 403: the caller is known and may not do this. */
export class Forbidden extends problem(
  { code: 'auth.forbidden', status: 403, title: 'Forbidden' },
  'The caller may not do this.',
) {}

/** 404: no route has this path and method. */
export class ResourceNotFound extends problem(
  { code: 'request.not-found', status: 404, title: 'No such resource' },
  'There is nothing at this path for this method.',
) {}

/** 412: `If-Match` names another version than the current one. */
export class PreconditionFailed extends problem(
  { code: 'request.precondition-failed', status: 412, title: 'Precondition failed' },
  'The resource has changed since it was read.',
) {}

/** 413: the body is longer than the route takes. */
export class RequestTooLarge extends problem(
  { code: 'request.too-large', status: 413, title: 'Request too large' },
  'The request body is larger than allowed.',
) {}

/** 415: the body is not what this service can read. */
export class UnsupportedMediaType extends problem(
  { code: 'request.unsupported-media-type', status: 415, title: 'Unsupported media type' },
  'The request body must be application/json.',
) {}

/** 429: the window of a rate limit is spent. */
export class RateLimited extends problem(
  { code: 'rate.limited', status: 429, title: 'Too many requests' },
  'Too many requests came from here; try again later.',
) {
  override readonly headers: Readonly<Record<string, string>>;

  /** @param retryAfterSeconds until the window ends. */
  constructor(
    readonly retryAfterSeconds: number,
    headers: Readonly<Record<string, string>>,
  ) {
    super();
    this.headers = { 'Retry-After': String(retryAfterSeconds), ...headers };
  }
}

/** 500: an error that no client caused. Only the log says which. */
export class InternalError extends problem(
  { code: 'internal', status: 500, title: 'Internal error' },
  'Something went wrong on our side.',
) {}

/** 503: a dependency does not answer; a later retry helps. */
export class DependencyUnavailable extends problem(
  { code: 'dependency.unavailable', status: 503, title: 'Dependency unavailable' },
  'A service this one depends on is unavailable.',
  RETRY_SOON,
) {}

/** 503: the load exceeds the capacity. */
export class Overloaded extends problem(
  { code: 'service.overloaded', status: 503, title: 'Overloaded' },
  'The service is overloaded.',
  RETRY_SOON,
) {}

/** The `type` URI of a code. */
export function problemType(code: string): string {
  return `urn:problem:${code}`;
}

/** The JSON body of a problem; `title` is the status in words, `code` the stable name. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly request_id: string;
  readonly trace_id: string;
  readonly errors?: readonly InputFault[];
}
