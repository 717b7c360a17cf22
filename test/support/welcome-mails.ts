import { createHash } from 'node:crypto';

import type { Api } from './test-api.js';
import type { Database } from './test-database.js';
import { signUp } from './users.js';

/** Signs somebody up. @returns what was sent, with the id. */
export async function create(api: Api, fields: object = {}) {
  const body = signUp(fields);
  const { body: user } = await api.post<{ id: string }>('/users', body);
  return { ...user, ...body };
}

/** Everything the database says about users, tokens, jobs and acts, as text. */
async function dump(database: Database): Promise<string> {
  const rows = await database.query<{ text: string }>(
    `SELECT u::text AS text FROM users u UNION ALL SELECT t::text FROM mailed_tokens t
     UNION ALL SELECT j::text FROM pgboss.job j UNION ALL SELECT a::text FROM audit_log a`,
  );
  return rows.map(({ text }) => text).join('\n');
}

/** The job of the welcome mail of a user. */
export async function jobOf(database: Database, userId: string) {
  const [job] = await database.query<{ id: string; state: string }>(
    `SELECT id, state FROM pgboss.job WHERE data -> 'payload' ->> 'user_id' = $1`,
    [userId],
  );
  return job;
}

/** The token matches the stored hash, and is never stored in clear text. */
export async function expectOnlyHashed(api: Api, token: string): Promise<void> {
  const hash = createHash('sha256').update(token).digest();
  const rows = await api.database.query('SELECT id FROM mailed_tokens WHERE token_hash = $1', [
    hash,
  ]);
  expect(rows).toHaveLength(1);
  const text = await dump(api.database);
  const bytes = Buffer.from(token, 'base64url');
  for (const form of [token, bytes.toString('hex'), bytes.toString('base64')]) {
    expect(text).not.toContain(form);
    expect(api.output()).not.toContain(form);
  }
}
