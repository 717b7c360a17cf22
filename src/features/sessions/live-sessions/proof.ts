import type { AssuranceLevel } from '../../../platform/common/request/principal.js';
import type { ProvenFactor } from '../../factors/factor-checks.js';

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

/** What a factor adds to a session: its methods, and that there is more than one. */
export function methodsOf({ methods }: ProvenFactor): string[] {
  return [...methods, 'mfa'];
}

/** A factor after a first one with the methods `amr`. A passkey needs none before it. */
export function factorProof(factor: ProvenFactor, amr: readonly string[] = []): Proof {
  return { acr: 'aal2', amr: [...amr, ...methodsOf(factor)], factorId: factor.id };
}

/** SQL: when the proof of `sessions s` was given, in seconds since 1970. */
export const AUTH_TIME = `floor(extract(epoch FROM s.auth_time))::float8`;
