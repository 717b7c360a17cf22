import { createHash, createHmac } from 'node:crypto';

import { v7 as uuidv7 } from 'uuid';

import { deriveKeys } from '../../../src/platform/common/derived-keys.js';
import { type Database, JWT_SECRET } from './lab.js';

const BATCH = 20_000;

/**
 * Welcome mails that wait: users with their tokens and jobs, copies of the one sign-up that the
 * database holds. Hashes are those that the service would have stored, or it would replace them.
 */
export async function addWaitingMails(database: Database, count: number): Promise<void> {
  const [key] = deriveKeys([JWT_SECRET], 'mailed-token');
  for (let done = 0; done < count; done += BATCH) {
    const size = Math.min(BATCH, count - done);
    const users = Array.from({ length: size }, () => uuidv7());
    const tokens = Array.from({ length: size }, () => uuidv7());
    const hashes = tokens.map((id) =>
      hashOf(createHmac('sha256', key).update(id).digest('base64url')),
    );
    await database.query(
      `INSERT INTO users (id, email, name)
       SELECT id, id || '@example.com', 'Bench' FROM unnest($1::uuid[]) AS id`,
      [users],
    );
    await database.query(
      `INSERT INTO mailed_tokens (id, user_id, purpose, token_hash, expires_at)
       SELECT id, user_id, 'verify_email', hash, now() + interval '1 day'
         FROM unnest($1::uuid[], $2::uuid[], $3::bytea[]) AS t (id, user_id, hash)`,
      [tokens, users, hashes],
    );
    await database.query(
      `INSERT INTO pgboss.job
       SELECT copy.*
         FROM (SELECT * FROM pgboss.job WHERE name = 'email' ORDER BY created_on LIMIT 1) AS job,
              unnest($1::uuid[], $2::uuid[]) AS t (token_id, user_id),
              jsonb_populate_record(job::pgboss.job, jsonb_build_object(
                'id', t.token_id,
                'state', 'created', 'started_on', NULL, 'completed_on', NULL, 'output', NULL,
                'data', jsonb_set(job.data, '{payload}', job.data->'payload'
                  || jsonb_build_object('token_id', t.token_id, 'user_id', t.user_id))
              )) AS copy`,
      [tokens, users],
    );
  }
  await database.query('VACUUM ANALYZE users, mailed_tokens');
  await database.query('VACUUM ANALYZE pgboss.job');
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
