import { createHash, createHmac } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

import { type DerivedKeys, deriveKeys } from '../common/derived-keys.js';
import { authConfig } from '../config/auth.config.js';

/** A token for `account_exists` opens nothing: it is the record of a mail about a repeated sign-up. */
export type TokenPurpose = 'verify_email' | 'password_reset' | 'account_exists';

/** A token as the database knows it. */
export interface StoredToken {
  readonly id: string;
  readonly purpose: TokenPurpose;
  readonly token_hash: Buffer;
}

/**
 * Tokens sent by mail: HMAC(key, row id), computed anew at each delivery, so that neither the
 * database nor a job holds one in clear. The keys derive from `JWT_SECRET`, first one first.
 */
@Injectable()
export class MailedTokens {
  private readonly keys: DerivedKeys;
  private readonly lifetimes: Record<TokenPurpose, number>;

  constructor(@Inject(authConfig.KEY) config: ConfigType<typeof authConfig>) {
    this.keys = deriveKeys(config.jwtSecrets, 'mailed-token');
    this.lifetimes = {
      verify_email: config.emailTokenTtl,
      password_reset: config.passwordResetTtl,
      account_exists: config.passwordResetTtl,
    };
  }

  /** Creates a token's row; older ones of the purpose end. @returns its id, for the mail job. */
  async create(manager: EntityManager, userId: string, purpose: TokenPurpose): Promise<string> {
    await this.end(manager, userId, purpose);
    const id = uuidv7();
    await manager.query(
      `INSERT INTO mailed_tokens (id, user_id, purpose, token_hash, expires_at)
       VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5))`,
      [id, userId, purpose, hashOf(tokenOf(this.keys[0], id)), this.lifetimes[purpose]],
    );
    return id;
  }

  /** Ends a user's unused tokens, of one purpose or of all. */
  async end(manager: EntityManager, userId: string, purpose?: TokenPurpose): Promise<void> {
    await manager.query(
      `UPDATE mailed_tokens SET used_at = now()
        WHERE user_id = $1 AND used_at IS NULL AND ($2::text IS NULL OR purpose = $2)`,
      [userId, purpose ?? null],
    );
  }

  /** What a valid, unused token is for; nothing for any other text. */
  async find(
    manager: EntityManager,
    token: string,
  ): Promise<{ userId: string; purpose: TokenPurpose } | undefined> {
    const [row] = await manager.query<{ userId: string; purpose: TokenPurpose }[]>(
      `SELECT user_id AS "userId", purpose FROM mailed_tokens
        WHERE token_hash = $1 AND used_at IS NULL AND expires_at > now()`,
      [hashOf(token)],
    );
    return row;
  }

  /** Uses a token up. @returns false when another caller was quicker. */
  async use(manager: EntityManager, token: string): Promise<boolean> {
    const [rows] = await manager.query<[unknown[], number]>(
      `UPDATE mailed_tokens SET used_at = now()
        WHERE token_hash = $1 AND used_at IS NULL AND expires_at > now() RETURNING id`,
      [hashOf(token)],
    );
    return rows.length > 0;
  }

  /**
   * The token of a row, to be put into a mail now: its lifetime counts from here, however long the
   * mail had to wait. One that was used or replaced meanwhile stays so. After a rotation of the
   * secret the key that made the stored hash may be the second, or gone: then the row is given the
   * first key's hash.
   */
  async reveal(manager: EntityManager, { id, purpose, token_hash }: StoredToken): Promise<string> {
    const known = this.keys
      .map((key) => tokenOf(key, id))
      .find((made) => hashOf(made).equals(token_hash));
    const token = known ?? tokenOf(this.keys[0], id);
    await manager.query(
      `UPDATE mailed_tokens SET token_hash = $2, expires_at = now() + make_interval(secs => $3)
        WHERE id = $1 AND used_at IS NULL`,
      [id, hashOf(token), this.lifetimes[purpose]],
    );
    return token;
  }
}

function tokenOf(key: Buffer, id: string): string {
  return createHmac('sha256', key).update(id).digest('base64url');
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
