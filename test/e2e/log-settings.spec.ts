import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';

import { request } from '../support/caller.js';
import { type Api, testApi } from '../support/test-api.js';
import { cleanEnvironment, nodeCommand } from '../support/cli.js';
import { freePort } from '../support/free-port.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { signUp } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

describe('logs as text', () => {
  let database: TestDatabase;
  let child: ChildProcess;
  let output = '';

  beforeAll(async () => {
    database = await createTestDatabase();
    child = spawn(...nodeCommand('dist/main.js'), {
      env: cleanEnvironment({
        DATABASE_URL: database.url,
        EMAIL_SERVICE_URL: 'log:',
        PORT: '0',
        LOG_FORMAT: 'text',
        LOG_LEVEL: 'warning',
        DEBUG: 'true',
      }),
    });
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  });

  afterAll(async () => {
    child.kill();
    await once(child, 'exit');
    await database.drop();
  });

  it('are one readable line each, at DEBUG for any LOG_LEVEL', async () => {
    const url = await waitFor('the address', () => /on (http:\S+:\d+),/.exec(output)?.[1]);
    await request(`${url}/openapi.json`, { headers: { 'x-request-id': 'for-people' } });
    const line = await waitFor('the line', () =>
      output.split('\n').find((each) => each.includes('for-people')),
    );
    expect(line).toMatch(
      /^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: http request completed .*"endpoint":"\/openapi.json"/,
    );
    expect(output).toContain('DEBUG: ');
  });
});

describe('logs with LOG_CALLER', () => {
  let api: Api;

  beforeAll(async () => {
    api = await testApi().withoutJobs().with({ LOG_CALLER: 'true' }).start();
  });

  afterAll(() => api?.stop());

  it('name module, function and line of each call', async () => {
    await api.post('/users', signUp());
    const line = await waitFor('the line', () =>
      api.logs.find(({ message }) => message === 'user created'),
    );
    expect(line).toMatchObject({
      module: 'created-users',
      function: 'CreatedUsers.report',
      line: expect.any(Number) as number,
    });
    for (const { module, logger } of api.logs)
      expect({ logger, module }).toEqual({ logger, module: expect.any(String) as string });
  });
});

describe('logs that cannot be written', () => {
  it.each(['json', 'text'])('are lost without other effects, in %s', async (format) => {
    const [database, port] = await Promise.all([createTestDatabase(), freePort()]);
    const full = openSync('/dev/full', 'w');
    const child = spawn(...nodeCommand('dist/main.js'), {
      env: cleanEnvironment({
        DATABASE_URL: database.url,
        EMAIL_SERVICE_URL: 'log:',
        HOST: '127.0.0.1',
        PORT: String(port),
        LOG_FORMAT: format,
      }),
      stdio: ['ignore', full, 'inherit'],
    });
    try {
      const url = `http://127.0.0.1:${port}`;
      await waitFor('users to be served', async () => {
        const created = await request(`${url}/users`, { method: 'POST', body: signUp() });
        return created.status === 201;
      });
      child.kill('SIGTERM');
      await once(child, 'exit');
      expect(child.exitCode).toBe(0);
    } finally {
      child.kill('SIGKILL');
      closeSync(full);
      await database.drop();
    }
  });
});
