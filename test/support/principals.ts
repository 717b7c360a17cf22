import type { SignedInUser } from '../../src/platform/common/request/principal.js';

/** A signed-in user, as the guard sees one: by password, just now. */
export function signedInUser(over: Partial<SignedInUser> = {}): SignedInUser {
  return {
    kind: 'user',
    userId: '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40',
    role: 'user',
    sessionId: '019aad6c-0f7e-7cc0-9a55-5e5510000000',
    acr: 'aal1',
    authTime: Math.floor(Date.now() / 1000),
    credentialsVersion: 1,
    ...over,
  };
}
