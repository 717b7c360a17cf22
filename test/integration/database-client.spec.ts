import type { Socket } from 'node:net';

import { isConnectionError } from '../../src/platform/database/errors/connection-errors.js';
import { DatabaseClient } from '../../src/platform/database/client/database-client.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

describeOnPostgres('DatabaseClient', () => {
  let database: TestDatabase;
  let client: DatabaseClient;

  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
  });

  afterAll(() => database?.drop());

  beforeEach(async () => {
    client = new DatabaseClient({
      connectionString: database.url,
      application_name: 'impatient',
      silenceMs: 100,
    });
    await client.connect();
  });

  const backends = (state: string) =>
    database.query<{ query: string }>(
      `SELECT query FROM pg_stat_activity WHERE application_name = 'impatient' AND state LIKE $1`,
      [state],
    );

  it('cancels a statement that exceeds its time limit, and closes the connection', async () => {
    const outcome: unknown = await client
      .query('SELECT pg_sleep(60)')
      .catch((error: unknown) => error);
    expect(outcome).toMatchObject({ code: '57014' });
    expect(isConnectionError(outcome)).toBe(true);
    await expect(client.query('SELECT 1')).rejects.toThrow('not queryable');
    await waitFor('the backend to leave', async () => (await backends('%')).length === 0);
  });

  it('is detected by the server when it disappears without closing the connection', async () => {
    client.allowSilence(60_000);
    const sleeping = client.query('SELECT pg_sleep(60)').catch((error: unknown) => error);
    await waitFor('the statement to run', async () => (await backends('active')).length === 1);
    const { connection } = client as unknown as { connection: { stream: Socket } };
    connection.stream.destroy();
    expect(isConnectionError(await sleeping)).toBe(true);
    await waitFor('the backend to leave', async () => (await backends('%')).length === 0);
  });

  it('cancels the statement of a client that disconnects', async () => {
    client.allowSilence(60_000);
    const sleeping = client.query('SELECT pg_sleep(60)').catch((error: unknown) => error);
    await waitFor('the statement to run', async () => (await backends('active')).length === 1);
    await client.end();
    expect(isConnectionError(await sleeping)).toBe(true);
    await waitFor('the backend to leave', async () => (await backends('%')).length === 0);
  });
});
