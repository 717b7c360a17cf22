import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';

import type { Role } from '../../../platform/common/request/principal.js';
import { Database } from '../../../platform/database/database.js';
import { type Write, writeBy } from '../../../platform/database/transactions/write.js';
import { lockoutAccount } from '../../credentials/lockout/lockout.js';
import { hashOf, newToken } from '../../credentials/opaque-token.js';
import type { ProvenAccount } from '../../credentials/passwords/password-check.js';

/** Lifetime in seconds. */
export const LOGIN_TOKEN_TTL = 300;
/** Wrong factors that end a token. */
const MOST_TRIES = 5;

/** A token that was presented in time, and the account whose first factor it stands for. */
export interface PresentedToken {
  readonly id: string;
  readonly account: ProvenAccount;
  /** The methods of the first factor. */
  readonly amr: readonly string[];
}

interface Row {
  readonly id: string;
  readonly user_id: string;
  readonly email: string;
  readonly role: Role;
  readonly credentials_version: number;
  readonly device_generation: number;
  readonly source: string;
  readonly device_id: string | null;
  readonly amr: string[];
}

/** Any factor that is added, removed or replaced changes the list. */
const factorsOf = (userId: string) => `ARRAY(SELECT f.id FROM public.factors f
   WHERE f.user_id = ${userId} AND f.confirmed_at IS NOT NULL ORDER BY f.id)`;
const INSERT = `
  INSERT INTO public.login_tokens (id, user_id, token_hash, expires_at, credentials_version, factor_ids, source, device_id, amr)
  SELECT $1, u.id, $3, now() + make_interval(secs => $4), $5, ${factorsOf('u.id')}, $6, $7, $8::text[]
    FROM public.users u WHERE u.id = $2`;
/**
 * SQL condition over `login_tokens t` and `users u`: all that ends a token, but its tries. Without statistics, as after a
 * restore, the index on the status looks empty; `IS TRUE` keeps it from being read for the one user of a token.
 */
const ALIVE = `t.used_at IS NULL AND t.expires_at > clock_timestamp() AND u.id = t.user_id
  AND u.credentials_version = t.credentials_version AND (u.status = 'active') IS TRUE AND u.deleted_at IS NULL
  AND t.factor_ids = ${factorsOf('t.user_id')}`;
const COLUMNS = `t.id, u.id AS user_id, u.email, u.role, u.credentials_version, u.device_generation,
  t.source, t.device_id, t.amr`;
const FIND = `
  SELECT ${COLUMNS} FROM public.login_tokens t, public.users u
   WHERE t.token_hash = $1 AND t.tries < ${MOST_TRIES} AND ${ALIVE}`;
/** Counted before the check: otherwise concurrent guesses would pass before any is counted. */
const TRY = `
  UPDATE public.login_tokens t SET tries = t.tries + 1 FROM public.users u
   WHERE t.token_hash = $1 AND t.tries < ${MOST_TRIES} AND ${ALIVE}
  RETURNING ${COLUMNS}`;
const GIVE_BACK = `UPDATE public.login_tokens SET tries = tries - 1 WHERE id = $1`;
/** Of callers at the same moment, one: the others wait for its row lock and then find it used. */
const USE = `
  UPDATE public.login_tokens t SET used_at = clock_timestamp() FROM public.users u
   WHERE t.id = $1 AND ${ALIVE}`;

/**
 * Opaque tokens of sign-ins that wait for the second factor. Each stands for a proved first one, and
 * ends with a change of password, status or factors. SQL by hand: what is used once is used by one
 * statement.
 */
@Injectable()
export class LoginTokens {
  constructor(private readonly database: Database) {}

  /** A new token for an account whose first factor was right. @param amr its methods. */
  async issue(
    { id, credentialsVersion, attempt }: ProvenAccount,
    amr: readonly string[],
  ): Promise<string> {
    const token = newToken();
    await this.database.write({
      text: INSERT,
      values: [
        uuidv7(),
        id,
        hashOf(token),
        LOGIN_TOKEN_TTL,
        credentialsVersion,
        attempt.source,
        attempt.deviceId ?? null,
        amr,
      ],
    });
    return token;
  }

  /** Takes one of the tries. @returns undefined if the token is unknown, used, expired or has ended. */
  async try(token: string): Promise<PresentedToken | undefined> {
    const { rows } = await this.database.write<Row>({ text: TRY, values: [hashOf(token)] });
    return presentedOf(rows);
  }

  /** The same without a try. */
  async find(token: string): Promise<PresentedToken | undefined> {
    return presentedOf(await this.database.readPrepared<Row>(FIND, [hashOf(token)]));
  }

  /** A try that was no guess, or could not be checked, is not counted. */
  returnOfTry(id: string): Write {
    return writeBy({ text: GIVE_BACK, values: [id] });
  }

  /** Uses it up. @returns false if another caller was faster, or if it has ended meanwhile. */
  async use(id: string): Promise<boolean> {
    const { rowCount } = await this.database.write({ text: USE, values: [id] });
    return rowCount === 1;
  }
}

function presentedOf([row]: readonly Row[]): PresentedToken | undefined {
  if (row === undefined) return undefined;
  const { id, user_id: userId, email, role, source, amr } = row;
  const attempt = {
    account: lockoutAccount(email),
    userId,
    source,
    deviceId: row.device_id ?? undefined,
  };
  return {
    id,
    amr,
    account: {
      id: userId,
      role,
      credentialsVersion: row.credentials_version,
      deviceGeneration: row.device_generation,
      attempt,
    },
  };
}
