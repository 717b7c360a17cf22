import { createHmac, timingSafeEqual } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { parse, stringify } from 'uuid';

import { type DerivedKeys, deriveKeys } from '../../../platform/common/derived-keys.js';
import { authConfig } from '../../../platform/http/access/auth.config.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import type { TokensResponse } from '../tokens/token.schemas.js';

/** A session of a user, which may have ended. */
export interface NamedSession {
  readonly sessionId: string;
  readonly userId: string;
}

const ID_BYTES = 16;
const MAC_BYTES = 32;
/** Of 64 bytes in base64url. */
const LENGTH = 86;

/**
 * Values of session cookies: the ids of session and user with their HMAC. They open the same sessions
 * as tokens do. Nothing is stored, and whoever reads the database can make none.
 */
@Injectable()
export class SessionCookies {
  private readonly keys: DerivedKeys;

  constructor(
    private readonly accessTokens: AccessTokens,
    @Inject(authConfig.KEY) { jwtSecrets }: ConfigType<typeof authConfig>,
  ) {
    this.keys = deriveKeys(jwtSecrets, 'session-cookie');
  }

  /** The value for a session that was just opened; its tokens are not needed any more. */
  of({ access_token: token }: Pick<TokensResponse, 'access_token'>): string {
    const claims = this.accessTokens.verify(token);
    if (typeof claims === 'string') throw new Error(`an access token of ours is ${claims}`);
    const ids = Buffer.concat([parse(claims.sid), parse(claims.sub)]);
    return Buffer.concat([ids, mac(this.keys[0], ids)]).toString('base64url');
  }

  /** The session of a genuine value; undefined for any other text. */
  verify(value: string): NamedSession | undefined {
    if (value.length !== LENGTH) return undefined;
    const bytes = Buffer.from(value, 'base64url');
    if (bytes.length !== 2 * ID_BYTES + MAC_BYTES) return undefined;
    const ids = bytes.subarray(0, 2 * ID_BYTES);
    const given = bytes.subarray(2 * ID_BYTES);
    if (!this.keys.some((key) => timingSafeEqual(mac(key, ids), given))) return undefined;
    return {
      sessionId: stringify(ids.subarray(0, ID_BYTES)),
      userId: stringify(ids.subarray(ID_BYTES)),
    };
  }
}

function mac(key: Buffer, ids: Buffer): Buffer {
  return createHmac('sha256', key).update(ids).digest();
}
