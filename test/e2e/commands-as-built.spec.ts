import { cli } from '../support/cli.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Each loads what it needs when it runs: a file that the build forgot shows there alone. */
describe('commands as built', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database?.drop());

  it.each([
    [['api-keys', 'list']],
    [['cleanup']],
    [
      [
        'createsuperuser',
        '--email',
        'root@example.com',
        '--password',
        'cnry correct horse battery',
      ],
    ],
    [['data-key', 'status']],
    [['events', 'status']],
    [['export-metrics', '-']],
    [['jobs', 'list']],
    [['mails', 'preview', 'verify_email']],
    [['mails', 'send-test', '--to', 'ada@example.com']],
    [['migrate', '--status']],
    [['users', 'export', '-', '--format', 'csv']],
  ])('%j runs', async (args) => {
    const env = { DATABASE_URL: database.url, EMAIL_SERVICE_URL: 'log:' };
    const { code, stdout, stderr } = await cli(args, env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toBe('');
  });

  it.each([
    [['users', 'import', '-', '--format', 'csv'], 'email,name\nada@example.com,Ada\n', 0, ''],
    [['users', 'reset-factors', '--email', 'nobody@example.com'], '', 1, 'no user'],
    [
      [
        'events',
        'replay',
        '--webhook',
        '01a21e57-3bdd-769c-bf0d-62d2fcd0df39',
        '--since',
        '2026-01-01T00:00:00Z',
      ],
      '',
      1,
      'webhook',
    ],
  ])('%j reads its input and its rows', async (args, input, code, message) => {
    const ended = await cli(args, { DATABASE_URL: database.url }, { input });
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(message);
  });
});
