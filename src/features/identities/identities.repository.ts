import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';

import { Database } from '../../platform/database/database.js';
import { type Write, writeBy } from '../../platform/database/transactions/write.js';
import type { Identity } from './identity.entity.js';

/** What a provider says of somebody, as far as a row keeps it. */
export type NewIdentity = Pick<Identity, 'provider' | 'issuer' | 'subject'> & {
  readonly email: string | undefined;
};

const COLUMNS = 'id, user_id, provider, issuer, subject, email, created_at, last_used_at';
const LIST = `SELECT ${COLUMNS} FROM public.identities WHERE user_id = $1 ORDER BY id`;
const USE = `
  UPDATE public.identities i SET last_used_at = now() FROM public.users u
   WHERE i.issuer = $1 AND i.subject = $2 AND u.id = i.user_id AND u.deleted_at IS NULL
  RETURNING i.user_id`;
/** The index decides whether an identity is free; that of a deleted user makes room. */
const INSERT = `
  INSERT INTO public.identities AS known (id, user_id, provider, issuer, subject, email)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (issuer, subject) DO UPDATE
     SET (id, user_id, provider, email, created_at, last_used_at) =
         (excluded.id, excluded.user_id, excluded.provider, excluded.email, now(), NULL)
   WHERE known.user_id = excluded.user_id
      OR EXISTS (SELECT FROM public.users u WHERE u.id = known.user_id AND u.deleted_at IS NOT NULL)
  RETURNING ${COLUMNS}`;
const DELETE = 'DELETE FROM public.identities WHERE id = $1';
const DELETE_ALL = 'DELETE FROM public.identities WHERE user_id = $1';

/** Identities in the database. */
@Injectable()
export class IdentitiesRepository {
  constructor(private readonly database: Database) {}

  /** Those of a user, oldest first. */
  async list(userId: string): Promise<Identity[]> {
    return this.database.readPrepared<Identity>(LIST, [userId]);
  }

  /** The same, within a transaction that has locked the user. */
  async listLocked(userId: string): Promise<Identity[]> {
    return this.database.current.query<Identity[]>(LIST, [userId]);
  }

  /** Notes a sign-in. @returns the id of the user; undefined for an identity that no living user has. */
  async use(issuer: string, subject: string): Promise<string | undefined> {
    const { rows } = await this.database.write<Pick<Identity, 'user_id'>>({
      text: USE,
      values: [issuer, subject],
    });
    return rows[0]?.user_id;
  }

  /** Within a transaction. @returns undefined if it belongs to another user. */
  async insert(userId: string, identity: NewIdentity): Promise<Identity | undefined> {
    const { provider, issuer, subject, email } = identity;
    const [row] = await this.database.current.query<Identity[]>(INSERT, [
      uuidv7(),
      userId,
      provider,
      issuer,
      subject,
      email ?? null,
    ]);
    return row;
  }

  /** An identity goes. */
  deletion(id: string): Write {
    return writeBy({ text: DELETE, values: [id] });
  }

  /** All identities of a user go. */
  end(userId: string): Write {
    return writeBy({ text: DELETE_ALL, values: [userId] });
  }
}
