import { randomBytes } from 'node:crypto';

import { v7 as uuidv7 } from 'uuid';

import type { Database } from './test-database.js';

/** The body of a request that creates a user: valid and unique, with the given fields. */
export function signUp<Fields extends object>(fields: Fields = {} as Fields) {
  return { email: uniqueEmail(), name: 'Ada Lovelace', ...fields };
}

/** An unused address. */
export function uniqueEmail(): string {
  return `user-${randomBytes(6).toString('hex')}@example.com`;
}

/** Columns of `users` that tests set. */
export interface UserRow {
  readonly email?: string;
  readonly name?: string;
  readonly status?: string;
  readonly tier?: string;
  readonly deleted_at?: Date;
}

/** Inserts users as they are given, in order of age, oldest first. @returns their ids. */
export async function insertUsers(database: Database, rows: readonly UserRow[]): Promise<string[]> {
  const users = rows.map((row) => ({
    id: uuidv7(),
    email: uniqueEmail(),
    name: 'Ada Lovelace',
    status: 'active',
    tier: 'free',
    deleted_at: null,
    ...row,
  }));
  await database.query(
    `INSERT INTO users (id, email, name, status, tier, deleted_at)
     SELECT id, email, name, status, tier, deleted_at
       FROM jsonb_to_recordset($1) AS u (id uuid, email text, name text, status text, tier text, deleted_at timestamptz)`,
    [JSON.stringify(users)],
  );
  return users.map(({ id }) => id);
}

/** A moment so many days ago. */
export function daysAgo(days: number): Date {
  return new Date(Date.now() - days * 86_400_000);
}
