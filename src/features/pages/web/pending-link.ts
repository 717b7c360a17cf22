import type { IdentityUnlinked } from '../../identities/identity.errors.js';
import type { CookieChange } from '../page/page-answer.js';
import { LINK_COOKIE } from './visit.js';

/** An identity that waits to be linked to the account with its address. */
export interface PendingLink {
  readonly token: string;
  /** Id of its provider. */
  readonly provider: string;
}

/** The cookie that remembers one. */
export function pendingLinkCookie(
  { members: { link_token: token, expires_in: maxAge } }: IdentityUnlinked,
  provider: string,
): CookieChange {
  return { name: LINK_COOKIE, value: `${token}.${provider}`, maxAge };
}

/** What a cookie remembers; nothing where there is none. */
export function pendingLinkOf(value: string | undefined): Partial<PendingLink> {
  const [token, provider] = value?.split('.') ?? [];
  return { ...(token && { token }), ...(provider && { provider }) };
}
