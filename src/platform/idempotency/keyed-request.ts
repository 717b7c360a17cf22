import { createHmac } from 'node:crypto';

import { sourceOf } from '../common/request/client-address.js';
import { anonymous } from '../common/request/principal.js';
import { canonicalId } from '../common/primitives.js';
import { RequestInvalid } from '../problems/problem.js';
import type { RequestContext } from '../common/request/request-context.js';

const MAX_LENGTH = 255;

/** The identity of a request with an `Idempotency-Key`. */
export interface KeyedRequest {
  /** Principal and route. */
  readonly scope: string;
  readonly key: string;
  /** Keyed hashes of target and body, with the current secret first, then with earlier ones. */
  readonly fingerprints: readonly [Buffer, ...Buffer[]];
}

/**
 * The key of a request; undefined without one.
 * @throws RequestInvalid for a key that is empty, too long or has control characters.
 */
export function idempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const key = Array.isArray(header) ? header.join(', ') : header;
  if (key !== '' && key.length <= MAX_LENGTH && !/\p{Cc}/u.test(key)) return key;
  throw new RequestInvalid([
    {
      pointer: 'header/Idempotency-Key',
      detail: `must have 1 to ${MAX_LENGTH} characters, none of them a control character`,
    },
  ]);
}

/** Callers cannot see each other's answers: a stranger's key counts per source only. */
export function scopeOf(caller: RequestContext | undefined, method: string, route: string): string {
  return `${ownerOf(caller)} ${method} ${route}`;
}

function ownerOf({ principal = anonymous, ip = '' }: Partial<RequestContext> = {}): string {
  if (principal.kind === 'user') return `user:${principal.userId}`;
  if (principal.kind !== 'service') return `anonymous:${sourceOf(ip)}`;
  return principal.keyId === undefined ? 'service' : `service:${principal.keyId}`;
}

/** The target with canonical ids. */
export function withCanonicalIds(url: string, ids: readonly string[]): string {
  return ids.reduce((target, id) => target.replace(id, canonicalId(id)), url);
}

/**
 * Keyed hash of target and body. Bodies contain passwords: without a key, a stolen row would allow
 * fast guessing.
 */
export function fingerprint(secret: Buffer, url: string, body: unknown): Buffer {
  return createHmac('sha256', secret)
    .update(url)
    .update('\n')
    .update(JSON.stringify(body ?? null))
    .digest();
}
