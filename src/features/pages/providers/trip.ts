import type { StartResponse } from '../../identities/identity.schemas.js';
import type { CookieChange } from '../page/page-answer.js';
import { PROVIDER_COOKIE } from '../web/visit.js';

/** What a browser remembers while a person is at a provider. */
export interface Trip {
  /** The state token of the exchange. */
  readonly token: string;
  readonly next: string | undefined;
  /** Whether the identity is for the account in use. */
  readonly linking?: boolean;
}

/** The page of ours that a provider leads back to. @param base of all pages, without a slash at its end. */
export function callbackOf(base: string, provider: string): string {
  return `${base}/auth/oidc/${encodeURIComponent(provider)}/callback`;
}

/** The cookie of a trip that begins. */
export function tripCookie(
  { state_token: token, expires_in: maxAge }: StartResponse,
  { next = '', linking = false }: Partial<Omit<Trip, 'token'>>,
): CookieChange {
  const path = Buffer.from(next).toString('base64url');
  const value = `${token}.${linking ? 'link' : 'open'}.${path}`;
  return { name: PROVIDER_COOKIE, value, maxAge };
}

/** What a cookie remembers; nothing where there is none. */
export function tripOf(value: string | undefined): Partial<Trip> {
  if (value === undefined) return {};
  const [token = '', purpose, next = ''] = value.split('.');
  const path = Buffer.from(next, 'base64url').toString('utf8');
  return { token, linking: purpose === 'link', next: path === '' ? undefined : path };
}
