import { login, refresh, superuser } from '../support/accounts.js';
import { expectProblem } from '../support/http.js';
import { ready } from '../support/ready.js';
import type { Service } from '../support/service.js';
import { runCommand, startApi } from '../support/warm-process.js';
import { execute } from '../support/execute.js';
import { describeBehindPgbouncer } from '../support/installed.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type PgBouncer, startPgBouncer } from '../support/pgbouncer.js';
import { startTestPostgres, type TestPostgres } from '../support/postgres.js';
import { uniqueEmail } from '../support/users.js';

/** The worst settings that a database or role may have for other programs. */
const HOSTILE = {
  DateStyle: "'German, DMY'",
  IntervalStyle: "'sql_standard'",
  TimeZone: "'Asia/Kathmandu'",
  array_nulls: 'off',
  bytea_output: "'escape'",
  client_encoding: "'LATIN1'",
  default_transaction_deferrable: 'on',
  default_transaction_isolation: "'serializable'",
  extra_float_digits: '-15',
  gin_fuzzy_search_limit: '1',
  idle_in_transaction_session_timeout: '1',
  row_security: 'off',
  search_path: "'nowhere'",
  standard_conforming_strings: 'off',
  statement_timeout: '1',
  transform_null_equals: 'on',
} as const;

/** Limits of time, each too short to do anything. */
const LIMITS = ['statement_timeout', 'idle_in_transaction_session_timeout'];

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

interface Page {
  readonly items: Record<string, unknown>[];
}

describe('a database and a role with settings of their own', () => {
  let postgres: TestPostgres;
  let mail: MailService;
  let direct: string;

  beforeAll(async () => {
    [postgres, mail] = await Promise.all([
      startTestPostgres({ version: 'embedded', tcp: true }),
      startMailService(),
    ]);
    await postgres.createDatabase('users');
    direct = String(postgres.tcpUrl).replace('/postgres?', '/users?');
    for (const [name, value] of Object.entries(HOSTILE)) {
      await execute(postgres.adminUrl, `ALTER DATABASE users SET ${name} = ${value}`);
      await execute(
        postgres.adminUrl,
        `ALTER ROLE postgres IN DATABASE users SET ${name} = ${value}`,
      );
    }
  });

  afterAll(async () => {
    await mail?.stop();
    await postgres?.stop();
  });

  /** Walks what reads and writes dates, bytes, numbers and names. */
  async function walk(api: Service, env: Readonly<Record<string, string>>): Promise<void> {
    const database = {
      url: direct,
      query: async <Row extends object>(sql: string, parameters: unknown[] = []) =>
        execute<Row>(
          `${direct}&statement_timeout=5000`,
          sql.replace('UPDATE users', 'UPDATE public.users'),
          parameters,
        ),
      drop: async () => undefined,
    };
    const root = await superuser(api, database);
    const headers = { authorization: `Bearer ${root.tokens.access_token}` };
    const rotated = await refresh(api, root.tokens.refresh_token);
    expect(rotated.status).toBe(200);

    const email = uniqueEmail();
    const name = String.raw`Žofie O'Neill \x41`;
    const created = await api
      .as('service')
      .post<{ id: string; created_at: string }>(
        '/users',
        { email, name, password: 'violet-kettle-armada-7' },
        { 'idempotency-key': email },
      );
    expect(created).toMatchObject({ status: 201, body: { email, name } });
    const { id, created_at: at } = created.body;
    expect(at).toMatch(ISO);
    expect(Math.abs(Date.now() - Date.parse(at))).toBeLessThan(60_000);

    const got = await api.get(`/users/${id}`, headers);
    expect(got).toMatchObject({ status: 200, body: { created_at: at, name } });
    const listed = await api.as('service').get<Page>('/users?limit=100');
    expect(listed.body.items.find((user) => user['id'] === id)).toMatchObject({ created_at: at });
    const found = await api.as('service').get<Page>(`/users?q=${encodeURIComponent('Žofie')}`);
    expect(found.status).toBe(200);
    expectProblem(await login(api, email, 'wrong-wrong-wrong'), 401, 'auth.invalid-credentials');
    expect((await login(api, email)).status).toBe(200);
    const renamed = await api.as('service').patch(`/users/${id}`, { name: 'Grace' });
    expect(renamed).toMatchObject({ status: 200, body: { name: 'Grace' } });

    const audit = await api.get<Page>('/admin/audit', headers);
    expect(audit.status).toBe(200);
    for (const entry of audit.body.items) expect(entry['at']).toMatch(ISO);
    const exported = await api.get(`/users/${id}/export`, headers);
    expect({ status: exported.status, dates: exported.text.match(/\d\d\.\d\d\.\d{4}/g) }).toEqual({
      status: 200,
      dates: null,
    });
    const sessions = await api.get('/auth/sessions', headers);
    expect(sessions.status).toBe(200);
    const { variables } = await mail.mailed(email, 'welcome');
    const verified = await api.post('/auth/verify-email', { token: variables.token });
    expect(verified.status).toBeLessThan(300);

    const commands = [
      ['migrate', '--status'],
      ['jobs', 'list', '--json'],
      ['export-metrics', '-'],
      ['cleanup', '--json'],
      ['users', 'export', '-', '--format', 'csv'],
    ];
    for (const command of commands) {
      const { code, stdout, stderr } = await runCommand(command, env);
      expect({ command, code, stderr }).toEqual({ command, code: 0, stderr });
      expect(stdout).not.toMatch(/\d\d\.\d\d\.\d{4}/);
    }
    const metrics = await api.as('service').get('/metrics');
    expect(metrics.text).toMatch(/^readiness_check\{check="database"\} 1$/m);
    const [, offset] = /^clock_offset_seconds (\S+)$/m.exec(metrics.text) ?? [];
    expect(Math.abs(Number(offset))).toBeLessThan(1);
    const [, cleaned] = /^cleanup_last_success_timestamp_seconds (\S+)$/m.exec(metrics.text) ?? [];
    expect(Math.abs(Date.now() / 1000 - Number(cleaned))).toBeLessThan(60);
  }

  /** Migrates, starts the API and walks through it. */
  async function expectNoChange(addresses: Readonly<Record<string, string>>): Promise<void> {
    const env = { ...addresses, EMAIL_SERVICE_URL: mail.url };
    expect(await runCommand(['migrate'], env)).toMatchObject({ code: 0 });
    const api = await startApi(env);
    try {
      await walk(await ready(api), env);
    } finally {
      await api.stop();
    }
  }

  it('change nothing', () => expectNoChange({ DATABASE_URL: direct }));

  describeBehindPgbouncer('behind PgBouncer in transaction mode', () => {
    let pgbouncer: PgBouncer;

    beforeAll(async () => {
      // Single reads, and the beginnings of transactions, have no other limits there than the server's.
      for (const whose of ['DATABASE users', 'ROLE postgres IN DATABASE users'])
        for (const name of LIMITS) await execute(postgres.adminUrl, `ALTER ${whose} RESET ${name}`);
      pgbouncer = await startPgBouncer(direct, 3);
    });

    afterAll(() => pgbouncer?.stop());

    it('change nothing', () =>
      expectNoChange({ DATABASE_URL: pgbouncer.url, DATABASE_DIRECT_URL: direct }));
  });
});
