import { createHmac } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { type DerivedKeys, deriveKeys } from '../../../platform/common/derived-keys.js';
import { authConfig } from '../../../platform/http/access/auth.config.js';
import { hashOf } from '../opaque-token.js';

/** Remaining share of the lifetime above which a delivery does not renew a token. */
const FRESH = 0.9;

/** What a row keeps of its token. */
export interface KeptToken {
  /** What the token is made from. */
  readonly id: string;
  readonly token_hash: Buffer;
  /** Until it expires, by the clock of the database. */
  readonly seconds_left: number;
}

/** A token for a mail that is sent now. */
interface RevealedToken {
  readonly token: string;
  /** Its hash, where the row has to be renewed: with this hash, and a lifetime that starts now. */
  readonly renewedHash?: Buffer;
}

/**
 * Makes the tokens of mails: HMAC(key, id), computed anew at each delivery, so that neither the
 * database nor a job contains one in clear text. The keys derive from the list in `JWT_SECRET`, in
 * its order.
 */
@Injectable()
export class TokenMaker {
  private readonly keys: DerivedKeys;

  constructor(@Inject(authConfig.KEY) { jwtSecrets }: ConfigType<typeof authConfig>) {
    this.keys = deriveKeys(jwtSecrets, 'mailed-token');
  }

  /** The hash of the token of a new id. */
  hashFor(id: string): Buffer {
    return hashOf(tokenOf(this.keys[0], id));
  }

  /**
   * The token of a row, for a mail that is sent now: its lifetime starts now (within a tenth),
   * however long the mail waited. After a rotation of the secret, the key of the stored hash may be
   * the second one, or gone: then the first key's hash replaces it.
   * @param lifetime in seconds.
   */
  reveal({ id, token_hash, seconds_left }: KeptToken, lifetime: number): RevealedToken {
    const known = this.keys
      .map((key) => tokenOf(key, id))
      .find((made) => hashOf(made).equals(token_hash));
    if (known !== undefined && seconds_left > lifetime * FRESH) return { token: known };
    const token = known ?? tokenOf(this.keys[0], id);
    return { token, renewedHash: hashOf(token) };
  }
}

function tokenOf(key: Buffer, id: string): string {
  return createHmac('sha256', key).update(id).digest('base64url');
}
