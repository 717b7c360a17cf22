import { createHash, createHmac, hkdfSync } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

import { authConfig } from '../config/auth.config.js';

/** A token for `account_exists` opens nothing: it is the record of a mail about a repeated sign-up. */
export type TokenPurpose = 'verify_email' | 'password_reset' | 'account_exists';

/**
 * Tokens sent by mail: HMAC(key, row id), computed anew at each delivery, so that neither the
 * database nor a job holds one in clear. The keys derive from `JWT_SECRET`, first one first.
 */
@Injectable()
export class MailedTokens {
  private readonly keys: readonly [Buffer, ...Buffer[]];
  private readonly lifetimes: Record<TokenPurpose, number>;

  constructor(@Inject(authConfig.KEY) config: ConfigType<typeof authConfig>) {
    const [first = '', ...others] = config.jwtSecrets;
    this.keys = [deriveKey(first), ...others.map(deriveKey)];
    this.lifetimes = {
      verify_email: config.emailTokenTtl,
      password_reset: config.passwordResetTtl,
      account_exists: config.passwordResetTtl,
    };
  }

  /** Creates a token's row. @returns its id, for the mail job. */
  async create(manager: EntityManager, userId: string, purpose: TokenPurpose): Promise<string> {
    const id = uuidv7();
    await manager.query(
      `INSERT INTO mailed_tokens (id, user_id, purpose, token_hash, expires_at)
       VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5))`,
      [id, userId, purpose, hashOf(tokenOf(this.keys[0], id)), this.lifetimes[purpose]],
    );
    return id;
  }

  /**
   * The token of a row, to be put into a mail. After a rotation of the secret the key that made
   * the stored hash may be the second, or gone: then the row is given the first key's hash.
   */
  async reveal(manager: EntityManager, id: string, storedHash: Buffer): Promise<string> {
    const known = this.keys
      .map((key) => tokenOf(key, id))
      .find((token) => hashOf(token).equals(storedHash));
    if (known !== undefined) return known;
    const token = tokenOf(this.keys[0], id);
    await manager.query('UPDATE mailed_tokens SET token_hash = $2 WHERE id = $1', [
      id,
      hashOf(token),
    ]);
    return token;
  }
}

/** RFC 5869: a key for this purpose alone, so that no token of another kind can stand in. */
function deriveKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'user-api/mailed-token', 32));
}

function tokenOf(key: Buffer, id: string): string {
  return createHmac('sha256', key).update(id).digest('base64url');
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
