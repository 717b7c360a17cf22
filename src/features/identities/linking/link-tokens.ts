import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';

import { emailKey } from '../../../platform/common/email-address.js';
import { Database } from '../../../platform/database/database.js';
import { hashOf, newToken } from '../../credentials/opaque-token.js';
import { EMAIL_KEY } from '../../users/fields/email-key.js';
import type { NewIdentity } from '../identities.repository.js';
import { LINK_TOKEN_TTL } from '../identity.errors.js';

const INSERT = `
  INSERT INTO public.identity_link_tokens (id, token_hash, provider, issuer, subject, email, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))`;
const OPENED_SINCE = `
  SELECT s.created_at > t.created_at AS since
    FROM public.identity_link_tokens t, public.sessions s
   WHERE t.token_hash = $1 AND s.id = $2`;
/** Of callers at the same moment, one: the others wait for its row lock and then find nothing. */
const USE = `
  DELETE FROM public.identity_link_tokens
   WHERE token_hash = $1 AND ${EMAIL_KEY} = $2 AND expires_at > clock_timestamp()
  RETURNING provider, issuer, subject, email`;

/** Opaque tokens of identities that wait for the sign-in of the account's owner. */
@Injectable()
export class LinkTokens {
  constructor(private readonly database: Database) {}

  async issue({
    provider,
    issuer,
    subject,
    email,
  }: NewIdentity & { readonly email: string }): Promise<string> {
    const token = newToken();
    await this.database.write({
      text: INSERT,
      values: [uuidv7(), hashOf(token), provider, issuer, subject, email, LINK_TOKEN_TTL],
    });
    return token;
  }

  /**
   * Whether a session was opened after the token was made: whoever opened it has just proved the account.
   * @returns undefined for a token that is unknown or used.
   */
  async precedes(token: string, sessionId: string): Promise<boolean | undefined> {
    const [row] = await this.database.readPrepared<{ since: boolean }>(OPENED_SINCE, [
      hashOf(token),
      sessionId,
    ]);
    return row?.since;
  }

  /**
   * Within a transaction: uses a token up. @param email that of the account.
   * @returns its identity; undefined for one that is unknown, used, over or of another address.
   */
  async use(token: string, email: string): Promise<NewIdentity | undefined> {
    const [rows] = await this.database.current.query<[NewIdentity[], number]>(USE, [
      hashOf(token),
      emailKey(email),
    ]);
    return rows[0];
  }
}
