import { randomUUID } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { z } from 'zod';

import { trimOldest } from '../common/oldest-first.js';
import { roles } from '../common/principal.js';
import { authConfig } from '../config/auth.config.js';
import { type JwtKey, privateKey, secretKey, signedToken, verifiedPayload } from './jwt.js';

/** What an access token says. Times are seconds since 1970. */
const claims = z.object({
  /** The user. */
  sub: z.uuid(),
  /** The session, which can be revoked before the token is over. */
  sid: z.uuid(),
  /** For services that verify on their own; here the current role counts. */
  role: z.enum(roles),
  /** Credentials version the session was opened under. */
  cv: z.int(),
  iss: z.string(),
  aud: z.string(),
  iat: z.int(),
  nbf: z.int(),
  exp: z.int(),
  jti: z.string(),
});

export type AccessClaims = z.infer<typeof claims>;

/** Ours have about 500 characters. */
const MAX_LENGTH = 4096;
const CACHE_SIZE = 10_000;
/** Clocks of replicas differ a little: a token of one must do on the next. */
const LEEWAY_SECONDS = 5;

/** Issues and verifies access tokens (RFC 9068). */
@Injectable()
export class AccessTokens {
  private readonly keys: readonly JwtKey[];
  /** Verified tokens only; one for each that is in use. */
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

  /** Seconds a token lives. */
  get lifetime(): number {
    return this.config.accessTokenTtl;
  }

  /** Signs a token with the first key. */
  issue(subject: Pick<AccessClaims, 'sub' | 'sid' | 'role' | 'cv'>): string {
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

  /** The claims of a valid token; nothing for any other text. Revocation is looked up elsewhere. */
  verify(token: string): AccessClaims | undefined {
    const known = this.verified.get(token) ?? this.remember(token);
    const now = nowSeconds();
    return known && known.exp > now && known.nbf <= now + LEEWAY_SECONDS ? known : undefined;
  }

  private remember(token: string): AccessClaims | undefined {
    if (token.length > MAX_LENGTH) return undefined;
    const { data } = claims.safeParse(verifiedPayload(token, this.keys));
    if (data?.iss !== this.config.issuer || data.aud !== this.config.audience) return undefined;
    this.verified.set(token, data);
    const now = nowSeconds();
    trimOldest(this.verified, CACHE_SIZE, ({ exp }) => exp <= now);
    return data;
  }
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
