import { randomUUID } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { z } from 'zod';

import { evictOldest } from '../../../platform/common/evict-oldest.js';
import { assuranceLevels, roles } from '../../../platform/common/request/principal.js';
import { authConfig } from '../../../platform/http/access/auth.config.js';
import { type JwtKey, privateKey, secretKey, signedToken, verifiedPayload } from './jwt.js';

/** The claims of an access token. Times are seconds since 1970. */
const claims = z.object({
  sub: z.uuid(),
  /** The session, which can be revoked before the token expires. */
  sid: z.uuid(),
  /** For services that verify tokens themselves; this service uses the current role. */
  role: z.enum(roles),
  /** Credentials version the session was opened under. */
  cv: z.int(),
  /**
   * For other services too: level, methods and time of the proof. Tokens of the previous release have
   * none.
   */
  acr: z.enum(assuranceLevels).optional(),
  amr: z.array(z.string()).readonly().optional(),
  auth_time: z.int().optional(),
  iss: z.string(),
  aud: z.string(),
  iat: z.int(),
  nbf: z.int(),
  exp: z.int(),
  jti: z.string(),
});

export type AccessClaims = z.infer<typeof claims>;

/** The claims of a session and its user. */
type Subject = Required<
  Pick<AccessClaims, 'sub' | 'sid' | 'role' | 'cv' | 'acr' | 'amr' | 'auth_time'>
>;

/** Ours have about 500 characters. */
const MAX_LENGTH = 4096;
/** Header, payload and signature (RFC 7515 §7.1). */
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const CACHE_SIZE = 10_000;
/** Allowed clock offset of the replica that issued a token. */
const LEEWAY_SECONDS = 60;

/** Reasons to refuse a token without a look-up. */
export const tokenFaults = [
  'malformed',
  'signature',
  'issuer',
  'audience',
  'not-yet-valid',
  'expired',
] as const;
export type TokenFault = (typeof tokenFaults)[number];

/** Issues and verifies access tokens (RFC 9068). */
@Injectable()
export class AccessTokens {
  private readonly keys: readonly JwtKey[];
  private readonly verified = new Map<string, AccessClaims>();

  constructor(@Inject(authConfig.KEY) private readonly config: ConfigType<typeof authConfig>) {
    const { jwtPrivateKeys, accessTokenSecrets } = config;
    // The first signs, all verify: a change of keys, or from secrets to keys, ends no sign-in.
    this.keys = [...jwtPrivateKeys.map(privateKey), ...accessTokenSecrets.map(secretKey)];
  }

  /** Public keys of the service, as a JWK set (RFC 7517); empty while it signs with secrets. */
  get jwks() {
    return { keys: this.keys.flatMap(({ publicJwk }) => publicJwk ?? []) };
  }

  /** Lifetime of a token in seconds. */
  get lifetime(): number {
    return this.config.accessTokenTtl;
  }

  /** Signs a token with the first key. */
  issue(subject: Subject): string {
    const [key] = this.keys;
    if (key === undefined) throw new Error('there is no key to sign with');
    const now = nowSeconds();
    const { issuer: iss, audience: aud } = this.config;
    const exp = now + this.lifetime;
    return signedToken(
      { ...subject, iss, aud, iat: now, nbf: now, exp, jti: randomUUID() } satisfies AccessClaims,
      key,
    );
  }

  /** The claims of a valid token, or its fault. Revocation is checked elsewhere. */
  verify(token: string): AccessClaims | TokenFault {
    const known = this.verified.get(token) ?? this.remember(token);
    if (typeof known === 'string') return known;
    const now = nowSeconds();
    if (known.exp <= now) return 'expired';
    return Math.max(known.nbf, known.iat) > now + LEEWAY_SECONDS ? 'not-yet-valid' : known;
  }

  private remember(token: string): AccessClaims | TokenFault {
    if (token.length > MAX_LENGTH || !COMPACT.test(token)) return 'malformed';
    const payload = verifiedPayload(token, this.keys);
    if (payload === undefined) return 'signature';
    const { data } = claims.safeParse(payload);
    if (data === undefined) return 'malformed';
    if (data.iss !== this.config.issuer) return 'issuer';
    if (data.aud !== this.config.audience) return 'audience';
    this.verified.set(token, data);
    const now = nowSeconds();
    evictOldest(this.verified, CACHE_SIZE, ({ exp }) => exp <= now);
    return data;
  }
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
