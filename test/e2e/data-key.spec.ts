import { randomBytes } from 'node:crypto';

import { generate } from 'otplib';

import { PASSWORD } from '../support/accounts.js';
import { runCommand } from '../support/warm-process.js';
import { verifiedUser } from '../support/factors.js';
import { expectProblem } from '../support/http.js';
import { testApi } from '../support/test-api.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const newKey = () => randomBytes(32).toString('base64');
const [OLD, NEW, OTHER] = [newKey(), newKey(), newKey()];

describe('the data key', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database?.drop());

  const dataKey = (command: 'status' | 'rotate', key: string, ...options: string[]) =>
    runCommand(['data-key', command, ...options], { DATABASE_URL: database.url, DATA_KEY: key });

  const usage = async (key: string) =>
    JSON.parse((await dataKey('status', key, '--json')).stdout) as unknown;

  it('is rotated while the API serves, and JWT_SECRET has nothing to do with it', async () => {
    const api = await testApi({ DATA_KEY: `${OLD},${NEW}` })
      .on(database)
      .start();
    const user = await verifiedUser(api, database);
    const { body: app } = await user.start({ current_password: PASSWORD });
    const both = `${NEW},${OLD}`;
    expect(await usage(both)).toEqual({
      keys: [
        { position: 1, secrets: 0 },
        { position: 2, secrets: 1 },
      ],
    });
    const rotated = await dataKey('rotate', both);
    expect(rotated).toMatchObject({
      code: 0,
      stdout: '1 secrets encrypted with the first key.\n',
    });
    expect(await usage(both)).toEqual({
      keys: [
        { position: 1, secrets: 1 },
        { position: 2, secrets: 0 },
      ],
    });
    expect(await usage(NEW)).toEqual({ keys: [{ position: 1, secrets: 1 }] });
    // The replica that still has the old list reads what the new first key encrypted.
    const confirmed = await user.confirm(app.id, await generate({ secret: app.secret }));
    expect(confirmed.status).toBe(200);
    await api.stop();
  });

  it('that is missing makes its secrets unreadable: named to operators, 503 for their users only', async () => {
    const before = await testApi({ DATA_KEY: NEW }).on(database).start();
    const user = await verifiedUser(before, database);
    const { body: app } = await user.start({ current_password: PASSWORD });
    await before.stop();
    const api = await testApi({ DATA_KEY: OTHER, JWT_SECRET: 'other' }).on(database).start();
    const fresh = await verifiedUser(api, database);
    expect((await fresh.add()).status).toBe(200);
    const { body: tokens } = await api.post<{ access_token: string }>('/auth/login', {
      email: user.email,
      password: PASSWORD,
    });
    const caller = api.as(tokens.access_token);
    const path = `/users/${user.id}/factors`;
    expect((await caller.get(path)).status).toBe(200);
    const code = await generate({ secret: app.secret });
    expectProblem(
      await caller.post(`${path}/totp/${app.id}/confirm`, { code }),
      503,
      'dependency.unavailable',
    );
    const row = `public.factors:secret:${app.id}`;
    await waitFor('the log line', () =>
      api.logs.some((line) => line.message === 'no data key opens a secret' && line['row'] === row),
    );
    expect((await api.get('/ready')).status).toBe(200);
    await api.stop();

    const status = await dataKey('status', OTHER, '--json');
    expect(status.code).toBe(1);
    expect(status.stderr).toContain(`public.factors.secret of row ${app.id}`);
    expect(JSON.parse(status.stdout)).toMatchObject({
      keys: [{ position: 1, secrets: 1 }],
      unreadable: expect.arrayContaining([
        { table: 'public.factors', column: 'secret', id: app.id },
      ]) as unknown,
    });
    for (const secret of [NEW, OTHER]) expect(status.stdout + status.stderr).not.toContain(secret);
  });
});
