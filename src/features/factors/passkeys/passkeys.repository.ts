import { Injectable } from '@nestjs/common';

import { Database } from '../../../platform/database/database.js';
import { violatedUnique } from '../../../platform/database/errors/connection-errors.js';
import { type Write, writeOf } from '../../../platform/database/transactions/write.js';
import { RequestInvalid } from '../../../platform/problems/problem.js';
import type { Passkey } from './passkey.entity.js';

/** A credential as its authenticator made it. */
export interface Credential {
  /** In base64url. */
  readonly id: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: number;
  readonly transports: readonly string[];
  /** The domain that it belongs to. */
  readonly rpId: string;
}

/** A passkey that a response names. */
export interface KnownPasskey {
  readonly factorId: string;
  readonly userId: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
}

const BY_CREDENTIAL = `
  SELECT f.id AS "factorId", f.user_id AS "userId", p.public_key AS "publicKey"
    FROM public.passkeys p JOIN public.factors f ON f.id = p.factor_id
   WHERE p.credential_id = $1`;
const OF_USER = `
  SELECT p.credential_id, p.transports
    FROM public.passkeys p JOIN public.factors f ON f.id = p.factor_id
   WHERE f.user_id = $1 AND (p.rp_id IS NULL OR p.rp_id = $2) ORDER BY f.id`;
/** Two ranges of index `passkeys_domain`, which does not serve `<>`. */
const FOREIGN = `
  SELECT ((SELECT count(*) FROM public.passkeys WHERE rp_id < $1)
        + (SELECT count(*) FROM public.passkeys WHERE rp_id > $1))::int AS count`;
/** A counter that does not grow is refused, other than one that stays 0 (WebAuthn §6.1.1). */
const USE = `
  WITH used AS (
    UPDATE public.passkeys SET counter = $2, rp_id = $3
     WHERE factor_id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0))
    RETURNING factor_id)
  UPDATE public.factors f SET last_used_at = now() FROM used WHERE f.id = used.factor_id`;
const INSERT = `
  WITH factor AS (
    INSERT INTO public.factors (id, user_id, type, name, confirmed_at)
    VALUES ($1, $2, 'passkey', $3, now()) RETURNING id)
  INSERT INTO public.passkeys (factor_id, credential_id, public_key, counter, transports, rp_id)
  SELECT id, $4, $5, $6, $7, $8 FROM factor`;

/** Passkeys in the database. SQL by hand: rows of two tables are written and used by one statement. */
@Injectable()
export class PasskeysRepository {
  constructor(private readonly database: Database) {}

  /** @param credentialId in base64url. */
  async byCredential(credentialId: string): Promise<KnownPasskey | undefined> {
    const [row] = await this.database.readPrepared<KnownPasskey>(BY_CREDENTIAL, [
      Buffer.from(credentialId, 'base64url'),
    ]);
    return row;
  }

  /** The credentials of a user that may belong to a domain, oldest first. */
  async credentialsOf(
    userId: string,
    rpId: string,
  ): Promise<Pick<Credential, 'id' | 'transports'>[]> {
    const rows = await this.database.readPrepared<Pick<Passkey, 'credential_id' | 'transports'>>(
      OF_USER,
      [userId, rpId],
    );
    return rows.map(({ credential_id: id, transports }) => ({
      id: id.toString('base64url'),
      transports,
    }));
  }

  /** How many are known to belong to other domains. */
  async countForeign(rpId: string): Promise<number> {
    const [row] = await this.database.readPrepared<{ count: number }>(FOREIGN, [rpId]);
    return row?.count ?? 0;
  }

  /** Notes a use, which also tells the domain. @returns false if the counter does not grow. */
  async use(factorId: string, counter: number, rpId: string): Promise<boolean> {
    const { rowCount } = await this.database.write({
      text: USE,
      values: [factorId, counter, rpId],
    });
    return rowCount === 1;
  }

  /** A new passkey. Its commit throws RequestInvalid: the unique index tells whether it is known already. */
  insertion(passkey: Credential & { userId: string; factorId: string; name?: string }): Write {
    const { factorId, userId, name, id, publicKey, counter, transports, rpId } = passkey;
    const statement = {
      text: INSERT,
      values: [
        factorId,
        userId,
        name ?? null,
        Buffer.from(id, 'base64url'),
        Buffer.from(publicKey),
        counter,
        transports,
        rpId,
      ],
    };
    return writeOf(
      { name: 'passkey', alone: true, store: (run) => orAlreadyKnown(run(statement)) },
      undefined,
    );
  }
}

async function orAlreadyKnown<Result>(stored: Promise<Result>): Promise<Result> {
  try {
    return await stored;
  } catch (error) {
    if (violatedUnique(error) !== 'passkeys_credential_id_key') throw error;
    throw new RequestInvalid([{ pointer: '/response', detail: 'is a passkey that is in use' }]);
  }
}
