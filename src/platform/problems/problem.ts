import { type ProblemCode, problemCodes } from './problem-codes.js';

/** One fault of the input: an RFC 6901 pointer into the body, or `query/<name>`, and what is wrong. */
export interface InputFault {
  readonly pointer: string;
  readonly detail: string;
}

/**
 * An error that clients may see, as RFC 9457 problem details. Subclasses fix the `code`,
 * which decides the status; `message` becomes the `detail` and therefore never holds internals or
 * another user's data.
 */
export abstract class ProblemError extends Error {
  abstract readonly code: ProblemCode;
  /** Bad input: every bad field at once. */
  readonly faults?: readonly InputFault[];
  /** Further response headers, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;

  get status(): number {
    return problemCodes[this.code].status;
  }
}

/** A problem that always has the same text and headers: the base of its class. */
export function problem<const Code extends ProblemCode>(
  code: Code,
  message: string,
  headers?: Readonly<Record<string, string>>,
) {
  return class extends ProblemError {
    readonly code = code;
    override readonly headers = headers;

    constructor(options?: ErrorOptions) {
      super(message, options);
    }
  };
}

/** 400: the request breaks the API description. */
export class RequestInvalid extends ProblemError {
  readonly code = 'request.invalid';

  constructor(override readonly faults: readonly InputFault[]) {
    super('The request does not match the API description.');
  }
}

/** RFC 9110 §11.6.1: every 401 says how callers can prove themselves. */
export const CHALLENGE = { 'WWW-Authenticate': 'Bearer realm="users", ApiKey realm="users"' };
/** Trying again a second later helps. */
export const RETRY_SOON = { 'Retry-After': '1' };

/** 401: no credential where one is needed, or a wrong one anywhere. */
export class Unauthenticated extends problem(
  'auth.unauthenticated',
  'Valid credentials are needed.',
  CHALLENGE,
) {}

/** 403: the caller is known and may not do this. */
export class Forbidden extends problem('auth.forbidden', 'The caller may not do this.') {}

/** 412: `If-Match` names another version than the current one. */
export class PreconditionFailed extends problem(
  'request.precondition-failed',
  'The resource has changed since it was read.',
) {}

/** 415: the body is not what this service can read. */
export class UnsupportedMediaType extends ProblemError {
  readonly code = 'request.unsupported-media-type';
  // RFC 9110 §12.5.3: in an answer it says which encodings of a request would do.
  override readonly headers = { 'Accept-Encoding': 'identity' };
}

/** 503: something this service depends on does not answer; trying again later helps. */
export class DependencyUnavailable extends problem(
  'dependency.unavailable',
  'A service this one depends on is unavailable.',
  RETRY_SOON,
) {}

/** 503: more work arrives than can be done in time. */
export class Overloaded extends problem(
  'service.overloaded',
  'The service is overloaded.',
  RETRY_SOON,
) {}

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
