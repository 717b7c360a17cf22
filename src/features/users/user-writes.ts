import type { EntityManager } from 'typeorm';

import { emailKey } from '../../platform/common/email-address.js';
import { violatedUnique } from '../../platform/database/errors/connection-errors.js';
import { runPrepared } from '../../platform/database/transactions/prepared.js';
import {
  columnsOf,
  type Write,
  writeBy,
  type WriteKind,
  writeOf,
} from '../../platform/database/transactions/write.js';
import { EMAIL_KEY } from './fields/email-key.js';
import { EmailTaken } from './user.errors.js';
import type { User } from './user.entity.js';

const NEW = [
  'id',
  'email',
  'email_as_typed',
  'name',
  'password_hash',
  'status',
  'role',
  'tier',
  'source',
  'email_verified',
  'locale',
  'created_at',
  'updated_at',
] as const;
const INSERT = `
  INSERT INTO public.users (${NEW.join(', ')})
  SELECT new.*
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                $8::text[], $9::text[], $10::boolean[], $11::text[], $12::timestamptz[], $13::timestamptz[]) AS new`;
const INSERT_FREE = `${INSERT}
  ON CONFLICT (${EMAIL_KEY}) WHERE deleted_at IS NULL DO NOTHING
  RETURNING id`;
const INSERT_ALL = `${INSERT}
   CROSS JOIN set_config('lock_timeout', coalesce($14::text, current_setting('lock_timeout')), true)`;
/** All columns that can change: one statement, prepared once for every change. */
const UPDATE = `
  UPDATE public.users
     SET email = $2, email_as_typed = $3, name = $4, password_hash = $5, status = $6, role = $7, tier = $8,
         email_verified = $9, version = $10, credentials_version = $11, updated_at = $12, deleted_at = $13,
         device_generation = $14, locale = $15
   WHERE id = $1`;
const REPLACE_HASH = `UPDATE public.users SET password_hash = $3 WHERE id = $1 AND password_hash = $2`;

/** Initial values of a row; counters begin at 1. */
export type NewUser = Readonly<
  Omit<User, 'credentials_version' | 'deleted_at' | 'device_generation' | 'version'>
>;

/** A new row. Its commit throws EmailTaken. */
export function insertionOf(user: NewUser): Write {
  return writeOf(newUsers, user);
}

/** Stores users whose address is free, in a transaction. @returns their ids. */
export async function insertFree(
  manager: EntityManager,
  users: readonly NewUser[],
): Promise<Set<string>> {
  const { rows } = await runPrepared<Pick<User, 'id'>>(manager, {
    text: INSERT_FREE,
    values: newColumns(users),
  });
  return new Set(rows.map(({ id }) => id));
}

/** All that can change of a row. Its commit throws EmailTaken. */
export function changeOf(user: User): Write {
  const statement = { text: UPDATE, values: changeable(user) };
  return writeOf(
    { name: 'user', alone: true, store: (run) => orEmailTaken(run(statement)) },
    undefined,
  );
}

/** Replaces a password hash, unless it is another one by now. */
export function hashReplacement(id: string, from: string, to: string): Write {
  return writeBy({ text: REPLACE_HASH, values: [id, from, to] });
}

/** The second one serves the previous release; the next release removes it (docs/adr/0012). */
const EMAIL_INDEXES = ['users_email_unique', 'users_email_key'];

/** @throws EmailTaken when the unique index refuses an address. */
async function orEmailTaken<Result>(stored: Promise<Result>): Promise<Result> {
  try {
    return await stored;
  } catch (error) {
    if (!EMAIL_INDEXES.includes(violatedUnique(error) ?? '')) throw error;
    throw new EmailTaken({ cause: error });
  }
}

function changeable(user: User): unknown[] {
  return [
    user.id,
    user.email,
    user.email_as_typed,
    user.name,
    user.password_hash,
    user.status,
    user.role,
    user.tier,
    user.email_verified,
    user.version,
    user.credentials_version,
    user.updated_at,
    user.deleted_at,
    user.device_generation,
    user.locale,
  ];
}

/** Waits for transactions that hold one of the addresses. */
const newUsers: WriteKind<NewUser> = {
  name: 'users',
  store: (run, users, lockTimeoutMs) => {
    const values = [...newColumns(users), lockTimeoutMs?.toString() ?? null];
    return orEmailTaken(run({ text: INSERT_ALL, values }));
  },
};

/**
 * Rows by column. Always in the same order, so that two transactions with the same addresses do not
 * deadlock.
 */
function newColumns(users: readonly NewUser[]): unknown[][] {
  const sorted = users.toSorted((one, other) =>
    emailKey(one.email) < emailKey(other.email) ? -1 : 1,
  );
  return columnsOf(sorted, NEW);
}
