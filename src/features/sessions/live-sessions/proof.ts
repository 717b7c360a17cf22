import type { AssuranceLevel } from '../../../platform/common/request/principal.js';

/** How a person proved who they are when a session was opened. */
export interface Proof {
  readonly acr: AssuranceLevel;
  /** Authentication methods, RFC 8176. */
  readonly amr: readonly string[];
  /** The factor behind `aal2`: without it the session is `aal1`. */
  readonly factorId?: string;
}

/** The proof of a session, and when it was given. */
export interface DatedProof extends Proof {
  /** Seconds since 1970. It stays over a refresh. */
  readonly authTime: number;
}

/** A password alone. */
export const passwordProof: Proof = { acr: 'aal1', amr: ['pwd'] };

/** The word of an identity provider; `fed` is our own name for it. */
export const providerProof: Proof = { acr: 'aal1', amr: ['fed'] };

/** A first factor with the methods `amr`, and then a code of an authenticator app or a recovery code. */
export function secondFactorProof(factorId: string, amr: readonly string[]): Proof {
  return { acr: 'aal2', amr: [...amr, 'otp', 'mfa'], factorId };
}

/** SQL: when the proof of `sessions s` was given, in seconds since 1970. */
export const AUTH_TIME = `floor(extract(epoch FROM s.auth_time))::float8`;
