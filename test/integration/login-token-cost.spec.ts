import { randomUUID } from 'node:crypto';

import { hashOf } from '../../src/features/credentials/opaque-token.js';
import { LoginTokens } from '../../src/features/sessions/sign-in/login-tokens.js';
import { describeOnPostgres } from '../support/installed.js';
import { ExplainingDatabase } from '../support/query-plan.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const USERS = 2000;
/** The ways down three indexes, and their rows. */
const BLOCKS = 20;

describeOnPostgres('the cost of a login token', () => {
  let database: TestDatabase;
  let explaining: ExplainingDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    explaining = await ExplainingDatabase.connect(database.url);
  });

  afterAll(async () => {
    await explaining?.end();
    await database?.drop();
  });

  it('is that of one user, also where there are no statistics yet, as after a restore', async () => {
    await database.query(
      `ALTER TABLE users SET (autovacuum_enabled = false);
       ALTER TABLE public.factors SET (autovacuum_enabled = false)`,
    );
    await database.query(
      `WITH added AS (
         INSERT INTO users (id, email, name)
         SELECT gen_random_uuid(), 'user' || n || '@example.com', 'Person' FROM generate_series(1, $1::int) AS n
         RETURNING id)
       INSERT INTO public.factors (id, user_id, type, secret, confirmed_at)
       SELECT gen_random_uuid(), id, 'totp', 'secret', now() FROM added`,
      [USERS],
    );
    const token = randomUUID();
    await database.query(
      `INSERT INTO public.login_tokens (id, user_id, token_hash, expires_at, credentials_version, factor_ids, source)
       SELECT gen_random_uuid(), u.id, $1, now() + interval '5 minutes', u.credentials_version, ARRAY[f.id], 'test'
         FROM users u JOIN public.factors f ON f.user_id = u.id LIMIT 1`,
      [hashOf(token)],
    );
    expect(await new LoginTokens(explaining.asDatabase()).find(token)).toBeDefined();
    const [cost] = explaining.costs;
    expect(cost?.blocks).toBeLessThanOrEqual(BLOCKS);
  });
});
