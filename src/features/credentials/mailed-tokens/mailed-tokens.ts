import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { InjectRepository } from '@nestjs/typeorm';
import { type FindOptionsWhere, In, IsNull, Raw, Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

import { authConfig } from '../../../platform/http/access/auth.config.js';
import { Database } from '../../../platform/database/database.js';
import {
  columnsOf,
  type Write,
  writeBy,
  type WriteKind,
  writeOf,
} from '../../../platform/database/transactions/write.js';
import { hashOf } from '../opaque-token.js';
import { MailedToken, type TokenPurpose } from './mailed-token.entity.js';
import { type KeptToken, TokenMaker } from './token-maker.js';

/** Seven days: people may read about a strange sign-in after a holiday. */
const NOT_ME_SECONDS = 7 * 86_400;

const redeemable = ['verify_email', 'password_reset', 'not_me'] as const satisfies TokenPurpose[];
type RedeemablePurpose = (typeof redeemable)[number];

export interface StoredToken extends KeptToken {
  readonly purpose: TokenPurpose;
}

/** A token that is not stored yet. */
export interface NewToken extends Omit<StoredToken, 'seconds_left'> {
  readonly userId: string;
  /** Lifetime in seconds. */
  readonly lifetime: number;
}

const INSERT = `
  INSERT INTO public.mailed_tokens (id, user_id, purpose, token_hash, expires_at)
  SELECT id, user_id, purpose, token_hash, now() + make_interval(secs => lifetime)
    FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[], $5::float8[])
      AS token (id, user_id, purpose, token_hash, lifetime)`;

const END = `
  UPDATE public.mailed_tokens SET used_at = now()
   WHERE user_id = $1 AND used_at IS NULL AND ($2::text IS NULL OR purpose = $2)`;

/** One statement for the tokens of one moment: each sign-up makes one. */
const newTokens: WriteKind<NewToken> = {
  name: 'tokens',
  store: (run, tokens) =>
    run({
      text: INSERT,
      values: columnsOf(tokens, ['id', 'userId', 'purpose', 'token_hash', 'lifetime']),
    }),
};

/** Tokens sent by mail to users, each used once. */
@Injectable()
export class MailedTokens {
  private readonly lifetimes: Record<TokenPurpose, number>;

  constructor(
    private readonly database: Database,
    @InjectRepository(MailedToken) private readonly rows: Repository<MailedToken>,
    private readonly maker: TokenMaker,
    @Inject(authConfig.KEY) config: ConfigType<typeof authConfig>,
  ) {
    this.lifetimes = {
      verify_email: config.emailTokenTtl,
      password_reset: config.passwordResetTtl,
      account_exists: config.passwordResetTtl,
      not_me: NOT_ME_SECONDS,
    };
  }

  insertion(token: NewToken): Write {
    return writeOf(newTokens, token);
  }

  /** A new token, not stored yet. */
  tokenFor(userId: string, purpose: TokenPurpose): NewToken {
    const id = uuidv7();
    const token_hash = this.maker.hashFor(id);
    return { id, userId, purpose, token_hash, lifetime: this.lifetimes[purpose] };
  }

  /** The end of a user's unused tokens, of one purpose or of all; not of those that the same commit inserts. */
  end(userId: string, purpose?: TokenPurpose): Write {
    return writeBy({ text: END, values: [userId, purpose ?? null] });
  }

  /**
   * Whether a token was created for a user within the last hour. Call it in the transaction that
   * creates one.
   */
  async madeWithinHour(userId: string, purpose: TokenPurpose): Promise<boolean> {
    const withinHour = Raw((column) => `${column} > now() - interval '1 hour'`);
    return this.database.current.existsBy(MailedToken, {
      user_id: userId,
      purpose,
      created_at: withinHour,
    });
  }

  /**
   * The purpose and user of a valid, unused token; undefined for any other text and for a token
   * without effect.
   */
  async find(token: string): Promise<{ userId: string; purpose: RedeemablePurpose } | undefined> {
    const row = await this.database.read(() =>
      this.rows.findOneBy({ ...validToken(token), purpose: In(redeemable) }),
    );
    return row === null
      ? undefined
      : { userId: row.user_id, purpose: row.purpose as RedeemablePurpose };
  }

  /** Consumes a token in the current transaction. @returns false if another caller was faster. */
  async use(token: string): Promise<boolean> {
    const { affected } = await this.database.current.update(MailedToken, validToken(token), {
      used_at: () => 'now()',
    });
    return affected === 1;
  }

  /** The token of a row, for a mail that is sent now. A used or replaced token stays so. */
  async reveal(stored: StoredToken): Promise<string> {
    const lifetime = this.lifetimes[stored.purpose];
    const { token, renewedHash } = this.maker.reveal(stored, lifetime);
    if (renewedHash !== undefined)
      await this.database.transaction((manager) =>
        manager.update(
          MailedToken,
          { id: stored.id, used_at: IsNull() },
          {
            token_hash: renewedHash,
            expires_at: () => `now() + make_interval(secs => ${lifetime})`,
          },
        ),
      );
    return token;
  }
}

/** The row of a token that was not used and is not over, by the clock of the database. */
function validToken(token: string): FindOptionsWhere<MailedToken> {
  return {
    token_hash: hashOf(token),
    used_at: IsNull(),
    expires_at: Raw((column) => `${column} > now()`),
  };
}
