import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { cli, type Finished, runToEnd } from '../support/cli.js';
import { startService } from '../support/service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** After this a process that should have ended by itself is ended, in milliseconds. */
const LIMIT_MS = 10_000;
const CANARY = 'cnry9f3c';

const namesIn = ({ stderr }: Finished) =>
  stderr
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/: .*$/, ''));

const faulty = {
  PORT: CANARY,
  LOG_LEVEL: CANARY,
  LOG_FORMAT: CANARY,
  DEBUG: CANARY,
  DATABASE_URL: `mysql://${CANARY}`,
  DATABASE_POOL_SIZE: `-${CANARY}`,
  REDIS_URL: CANARY,
  EMAIL_SERVICE_URL: `gopher://${CANARY}`,
  TRUST_PROXY: CANARY,
  JWT_SECRET: `${CANARY},,`,
};

describe('configuration', () => {
  let folder: string;
  let database: TestDatabase;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cnua-config-'));
    database = await createTestDatabase();
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await database?.drop();
  });

  function file(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  it.each(['main', 'worker'] as const)(
    'ends %s with 78 and one line for each of ten faults, without a value',
    async (entry) => {
      const ended = await runToEnd(entry, faulty, LIMIT_MS);
      expect(ended.code).toBe(78);
      expect(ended.stdout).toBe('');
      expect(namesIn(ended).toSorted()).toEqual(Object.keys(faulty).toSorted());
      expect(ended.stderr).not.toContain(CANARY);
    },
  );

  it('makes the config command fail in the same way after its output', async () => {
    const ended = await cli(['config', '--json'], faulty);
    expect(ended.code).toBe(78);
    expect(namesIn(ended)).toHaveLength(10);
    expect(ended.stderr).not.toContain(CANARY);
    expect(JSON.parse(ended.stdout)).toContainEqual({
      name: 'DATABASE_URL',
      value: '***',
      source: 'environment',
    });
  });

  it('shows the effective value of defaults that follow another setting', async () => {
    const shown = async (env: Record<string, string>) => {
      const { stdout, code } = await cli(['config', '--json'], env);
      expect(code).toBe(0);
      const all = JSON.parse(stdout) as { name: string; value: string; source: string }[];
      return Object.fromEntries(
        ['PUBLIC_URL', 'JWT_ISSUER', 'JWT_AUDIENCE', 'DATABASE_DIRECT_URL'].map((name) => {
          const { value, source } = all.find((each) => each.name === name) ?? {};
          return [name, [value, source]];
        }),
      );
    };
    expect(await shown({})).toEqual({
      PUBLIC_URL: ['http://localhost:8080', 'default'],
      JWT_ISSUER: ['cloudnative-user-api', 'default'],
      JWT_AUDIENCE: ['cloudnative-user-api', 'default'],
      DATABASE_DIRECT_URL: [null, 'unset'],
    });
    expect(
      await shown({
        PORT: '9000',
        SERVICE_NAME: 'people',
        JWT_AUDIENCE: 'shop',
        DATABASE_URL: 'postgres://somewhere/users',
      }),
    ).toEqual({
      PUBLIC_URL: ['http://localhost:9000', 'default'],
      JWT_ISSUER: ['people', 'default'],
      JWT_AUDIENCE: ['shop', 'environment'],
      DATABASE_DIRECT_URL: ['***', 'default'],
    });
  });

  it('lists what production requires', async () => {
    const ended = await runToEnd('main', { ENVIRONMENT: 'production' }, LIMIT_MS);
    expect(ended.code).toBe(78);
    expect(namesIn(ended).toSorted()).toEqual([
      'API_KEY',
      'DATABASE_URL',
      'DATA_KEY',
      'EMAIL_SERVICE_URL',
      'JWT_SECRET',
      'PUBLIC_URL',
    ]);
  });

  it('names a mounted secret by its _FILE variable', async () => {
    const ended = await runToEnd(
      'main',
      {
        ENVIRONMENT: 'staging',
        API_KEY_FILE: file('weak', CANARY),
        DATABASE_URL_FILE: join(folder, 'missing'),
        DATA_KEY: randomBytes(32).toString('base64'),
        EMAIL_SERVICE_URL: 'log:',
        JWT_SECRET: 'x'.repeat(32),
        JWT_SECRET_FILE: file('both', 'x'.repeat(32)),
      },
      LIMIT_MS,
    );
    expect(ended.code).toBe(78);
    expect(namesIn(ended).toSorted()).toEqual([
      'API_KEY_FILE',
      'DATABASE_URL_FILE',
      'JWT_SECRET_FILE',
      'PUBLIC_URL',
    ]);
  });

  it('starts in production with secrets from files', async () => {
    const service = await startService({
      ENVIRONMENT: 'production',
      API_KEY: '',
      API_KEY_FILE: file('key', `${'k'.repeat(32)}\n`),
      DATABASE_URL_FILE: file('url', `${database.url}\n`),
      DATA_KEY_FILE: file('data-key', randomBytes(32).toString('base64')),
      JWT_SECRET_FILE: file('jwt', 's'.repeat(32)),
      PUBLIC_URL: 'https://accounts.example.com',
      EMAIL_SERVICE_URL: 'log:',
    });
    const headers = { 'x-api-key': 'k'.repeat(32) };
    expect((await service.get('/users', headers)).status).toBe(200);
    expect((await service.get('/health')).body['environment']).toBe('production');
    expect(await service.stop()).toBe(0);
  });

  it('lets a command ignore invalid settings it does not use', async () => {
    const { PORT, JWT_SECRET, EMAIL_SERVICE_URL } = faulty;
    const env = { PORT, JWT_SECRET, EMAIL_SERVICE_URL, DATABASE_URL: database.url };
    expect((await cli(['migrate', '--status'], env)).code).toBe(0);
    const ended = await cli(['migrate'], { ...env, DATABASE_URL: 'mysql://a' });
    expect(ended).toMatchObject({ code: 78, stdout: '' });
    expect(namesIn(ended)).toEqual(['DATABASE_URL']);
  });

  it('reads .env in development only, and lets the environment override it', async () => {
    // As editors of Windows write it; the first variable counts like any other.
    file('.env', `\u{FEFF}SERVICE_NAME=from-file\nBUILD_ID=from-file\nAPI_KEY=${CANARY}\n`);
    const settingsOf = async (ENVIRONMENT: string) => {
      const { stdout } = await cli(
        ['config', '--json'],
        { ENVIRONMENT, BUILD_ID: 'given' },
        { cwd: folder },
      );
      const all = JSON.parse(stdout) as { name: string; value: string; source: string }[];
      return Object.fromEntries(
        ['SERVICE_NAME', 'BUILD_ID', 'API_KEY'].map((name) => {
          const { value, source } = all.find((each) => each.name === name) ?? {};
          return [name, [value, source]];
        }),
      );
    };
    expect(await settingsOf('development')).toEqual({
      SERVICE_NAME: ['from-file', '.env'],
      BUILD_ID: ['given', 'environment'],
      API_KEY: ['***', '.env'],
    });
    expect(await settingsOf('test')).toEqual({
      SERVICE_NAME: ['cloudnative-user-api', 'default'],
      BUILD_ID: ['given', 'environment'],
      API_KEY: [null, 'unset'],
    });
  });

  it('reports a .env that is not UTF-8', async () => {
    writeFileSync(join(folder, '.env'), Buffer.from('SERVICE_NAME=caf\xe9', 'latin1'));
    const ended = await cli(['config'], { ENVIRONMENT: 'development' }, { cwd: folder });
    expect(ended).toEqual({ code: 78, stdout: '', stderr: '.env: must be a file in UTF-8\n' });
  });
});
