import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

import { Database } from '../../platform/database/database.js';
import { SecondFactors } from '../../platform/http/access/second-factors.js';
import { runPrepared } from '../../platform/database/transactions/prepared.js';
import { type Write, writeBy } from '../../platform/database/transactions/write.js';
import type { SecretColumn } from '../../platform/declarations/secret-column.js';
import { Factor, type FactorType } from './factor.entity.js';

/** The encrypted column. */
export const factorSecret: SecretColumn = { table: 'public.factors', column: 'secret' };

/** A factor with what a list shows. */
export interface ListedFactor extends Pick<
  Factor,
  'id' | 'type' | 'name' | 'created_at' | 'last_used_at'
> {
  /** Unused recovery codes; 0 for other types. */
  readonly remaining: number;
}

/** A factor that proves something by its secret. */
export interface SecretFactor {
  readonly id: string;
  readonly secret: Buffer;
}

const LIST = `
  SELECT f.id, f.type, f.name, f.created_at, f.last_used_at,
         (SELECT count(*)::int FROM public.recovery_codes c WHERE c.factor_id = f.id) AS remaining
    FROM public.factors f
   WHERE f.user_id = $1 AND f.confirmed_at IS NOT NULL ORDER BY f.id`;
/** Recovery codes are never the only type: they go with the last other factor. They count while one is left. */
const TYPES = `
  SELECT f.type FROM public.factors f
   WHERE f.user_id = $1 AND f.confirmed_at IS NOT NULL
     AND (f.type <> 'recovery_codes' OR EXISTS (SELECT FROM public.recovery_codes c WHERE c.factor_id = f.id))
   GROUP BY f.type ORDER BY f.type = 'recovery_codes', f.type`;
const TOTPS = `
  SELECT id, secret FROM public.factors
   WHERE user_id = $1 AND type = 'totp' AND confirmed_at IS NOT NULL ORDER BY id`;
const PENDING = `
  SELECT id, secret FROM public.factors
   WHERE user_id = $1 AND id = $2 AND type = 'totp' AND confirmed_at IS NULL`;
/** Of callers at the same moment, one: the others wait for its row lock and then find the step used. */
const USE_STEP = `
  UPDATE public.factors SET last_step = $2, last_used_at = now()
   WHERE id = $1 AND confirmed_at IS NOT NULL AND (last_step IS NULL OR last_step < $2)`;
/** The same by a code, which is gone then. */
const USE_CODE = `
  WITH used AS (
    DELETE FROM public.recovery_codes c USING public.factors f
     WHERE f.id = c.factor_id AND f.user_id = $1 AND c.code_hash = $2
    RETURNING c.factor_id)
  UPDATE public.factors f SET last_used_at = now(), last_code_hash = $2 FROM used WHERE f.id = used.factor_id
  RETURNING f.id`;
const WAS_LAST = `
  SELECT FROM public.factors WHERE user_id = $1 AND type = 'recovery_codes' AND last_code_hash = $2`;
const DELETE = `DELETE FROM public.factors WHERE id = ANY($1::uuid[])`;
const DROP_PENDING = `DELETE FROM public.factors WHERE user_id = $1 AND confirmed_at IS NULL`;
const DROP_CODES = `DELETE FROM public.factors WHERE user_id = $1 AND type = 'recovery_codes'`;
const INSERT_TOTP = `
  INSERT INTO public.factors (id, user_id, type, name, secret) VALUES ($1, $2, 'totp', $3, $4)`;
const INSERT_SET = `
  INSERT INTO public.factors (id, user_id, type, confirmed_at) VALUES ($1, $2, 'recovery_codes', now())`;
const INSERT_CODES = `
  INSERT INTO public.recovery_codes (factor_id, code_hash) SELECT $1::uuid, unnest($2::bytea[])`;

/** Whether it is a factor by itself. Recovery codes only stand in for a lost one. */
export function isReal({ type }: Pick<ListedFactor, 'type'>): boolean {
  return type !== 'recovery_codes';
}

/** Second factors in the database. SQL by hand: what is used once is used by one statement. */
@Injectable()
export class FactorsRepository extends SecondFactors {
  constructor(private readonly database: Database) {
    super();
  }

  /** Confirmed factors of a user and the recovery codes, oldest first. */
  async list(userId: string): Promise<ListedFactor[]> {
    return this.database.readPrepared<ListedFactor>(LIST, [userId]);
  }

  /** The types of factors that a sign-in takes, recovery codes last; empty where it asks for none. */
  override async of(userId: string): Promise<FactorType[]> {
    const rows = await this.database.readPrepared<Pick<Factor, 'type'>>(TYPES, [userId]);
    return rows.map(({ type }) => type);
  }

  /** Confirmed authenticator apps. */
  async totpsOf(userId: string): Promise<SecretFactor[]> {
    return this.database.readPrepared<SecretFactor>(TOTPS, [userId]);
  }

  /** An authenticator app that was not confirmed yet. */
  async pending(userId: string, id: string): Promise<SecretFactor | undefined> {
    const [row] = await this.database.readPrepared<SecretFactor>(PENDING, [userId, id]);
    return row;
  }

  /** Uses up a time step. @returns false if it, or a later one, was used before. */
  async useStep(id: string, step: number): Promise<boolean> {
    const { rowCount } = await this.database.write({ text: USE_STEP, values: [id, step] });
    return rowCount === 1;
  }

  /** Within a transaction: uses up a recovery code. @returns the id of its set; undefined if the user has no such code. */
  async useCode(userId: string, hash: Buffer): Promise<string | undefined> {
    const { rows } = await runPrepared<Pick<Factor, 'id'>>(this.database.current, {
      text: USE_CODE,
      values: [userId, hash],
    });
    return rows[0]?.id;
  }

  /** Whether it is the recovery code that the user used last. */
  async wasLastCode(userId: string, hash: Buffer): Promise<boolean> {
    const rows = await this.database.readPrepared(WAS_LAST, [userId, hash]);
    return rows.length > 0;
  }

  /** The same list, within a transaction that has locked the user. */
  async listLocked(userId: string): Promise<ListedFactor[]> {
    return this.database.current.query<ListedFactor[]>(LIST, [userId]);
  }

  /**
   * Within a transaction: confirms an authenticator app by the step of its first code.
   * @returns false if it was confirmed or removed meanwhile.
   */
  async confirm(id: string, step: number): Promise<boolean> {
    const { affected } = await this.database.current.update(
      Factor,
      { id, confirmed_at: IsNull() },
      { confirmed_at: () => 'now()', last_used_at: () => 'now()', last_step: step },
    );
    return affected === 1;
  }

  /** Within a transaction. */
  async rename(userId: string, id: string, name: string): Promise<void> {
    await this.database.current.update(Factor, { id, user_id: userId }, { name });
  }

  /** Factors go, and the codes of a set. */
  deletion(ids: readonly string[]): Write {
    return writeBy({ text: DELETE, values: [ids] });
  }

  /** A new authenticator app, not confirmed yet. */
  insertion(factor: SecretFactor & { readonly userId: string; readonly name?: string }): Write {
    const { id, userId, name, secret } = factor;
    return writeBy({ text: INSERT_TOTP, values: [id, userId, name ?? null, secret] });
  }

  /** Forgets factors that were never confirmed. */
  endOfPending(userId: string): Write {
    return writeBy({ text: DROP_PENDING, values: [userId] });
  }

  /** Recovery codes go. */
  endOfCodes(userId: string): Write {
    return writeBy({ text: DROP_CODES, values: [userId] });
  }

  /** A set of recovery codes; the user has none. */
  codes(userId: string, hashes: readonly Buffer[]): Write[] {
    const id = uuidv7();
    return [
      writeBy({ text: INSERT_SET, values: [id, userId] }),
      writeBy({ text: INSERT_CODES, values: [id, hashes] }),
    ];
  }
}
