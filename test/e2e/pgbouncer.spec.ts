import { createUser, login, me, refresh } from '../support/accounts.js';
import { asService } from '../support/caller.js';
import { expectProblem } from '../support/http.js';
import { ready } from '../support/ready.js';
import type { Service } from '../support/service.js';
import { runCommand, startApi } from '../support/warm-process.js';
import { describeBehindPgbouncer } from '../support/installed.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type PgBouncer, startPgBouncer } from '../support/pgbouncer.js';
import { startTestPostgres, type TestPostgres } from '../support/postgres.js';
import { uniqueEmail } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';
import { Client } from 'pg';

/** Fewer than the clients: what one leaves on a connection, another one would find. */
const SERVER_CONNECTIONS = 3;
const CLIENTS = 24;

describeBehindPgbouncer('behind PgBouncer in transaction mode', () => {
  let postgres: TestPostgres;
  let pgbouncer: PgBouncer;
  let mail: MailService;
  let api: Service;
  let direct: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    [postgres, mail] = await Promise.all([
      startTestPostgres({ version: 'embedded', tcp: true }),
      startMailService(),
    ]);
    await postgres.createDatabase('users');
    direct = String(postgres.tcpUrl).replace('/postgres?', '/users?');
    pgbouncer = await startPgBouncer(direct, SERVER_CONNECTIONS);
    env = {
      DATABASE_URL: pgbouncer.url,
      DATABASE_DIRECT_URL: direct,
      DATABASE_STATEMENT_TIMEOUT_MS: '1000',
      EMAIL_SERVICE_URL: mail.url,
    };
  });

  afterAll(async () => {
    await api?.stop();
    await Promise.all([pgbouncer?.stop(), mail?.stop()]);
    await postgres?.stop();
  });

  const execute = async <Row extends object>(sql: string) => {
    const client = new Client({ connectionString: direct });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  it('migrates with concurrent processes', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => runCommand(['migrate', '--json'], env)));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    const applied = runs.map(({ stdout }) => (JSON.parse(stdout) as { applied: string[] }).applied);
    expect(applied.filter(({ length }) => length > 0)).toHaveLength(1);
    api = await ready(await startApi(env));
  });

  it('signs up, delivers mail and signs in for more clients than connections', async () => {
    const emails = Array.from({ length: CLIENTS }, uniqueEmail);
    const users = await Promise.all(emails.map((email) => createUser(api, { email })));
    await waitFor('all mails', () => mail.deliveries.length === CLIENTS);
    const answers = await Promise.all(emails.map((email) => login(api, email)));
    expect(answers.map(({ status }) => status)).toEqual(emails.map(() => 200));
    const rotated = await Promise.all(answers.map(({ body }) => refresh(api, body.refresh_token)));
    const known = await Promise.all(rotated.map(({ body }) => me(api, body.access_token)));
    expect(known.map(({ body }) => body['id'])).toEqual(users.map(({ id }) => id));
    const pools = await pgbouncer.show<{ database: string; pool_mode: string }>('POOLS');
    expect(pools.find(({ database }) => database === 'users')?.pool_mode).toBe('transaction');
    const sessions = await execute<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name = 'user-api'`,
    );
    expect(sessions[0]?.count).toBeLessThanOrEqual(SERVER_CONNECTIONS);
  });

  it('listens for jobs on a separate session', async () => {
    const listening = await execute(
      `SELECT 1 FROM pg_stat_activity WHERE application_name = 'user-api-listen' AND query LIKE 'LISTEN%'`,
    );
    expect(listening).toHaveLength(1);
  });

  it('takes the advisory lock on superusers inside its transaction', async () => {
    const [email, other] = [uniqueEmail(), uniqueEmail()];
    for (const address of [email, other]) {
      const args = ['createsuperuser', '--email', address, '--password-stdin'];
      expect(await runCommand(args, env, { input: 'violet-kettle-armada-7\n' })).toMatchObject({
        code: 0,
      });
    }
    const answers = await Promise.all(
      [email, other].map(async (address) => {
        const { body } = await login(api, address, 'violet-kettle-armada-7');
        const headers = { authorization: `Bearer ${body.access_token}` };
        const { body: user } = await api.get<{ id: string }>('/users/me', headers);
        return api.delete(`/users/${user.id}`, headers);
      }),
    );
    expect(answers.map(({ status }) => status).filter((status) => status === 204)).toHaveLength(1);
    expect(await execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'")).toEqual([]);
  });

  it('limits statements inside each transaction, without startup parameters', async () => {
    const { id } = await createUser(api);
    const blocker = new Client({ connectionString: direct });
    await blocker.connect();
    await blocker.query(`BEGIN; SELECT 1 FROM users WHERE id = '${id}' FOR UPDATE`);
    const rename = { method: 'PATCH', headers: asService, body: { name: 'Grace' } };
    expectProblem(await api.request(`/users/${id}`, rename), 503, 'dependency.unavailable');
    await blocker.end();
    expect((await api.request(`/users/${id}`, rename)).status).toBe(200);
  });

  it('cleans up and imports', async () => {
    expect(await runCommand(['cleanup', '--json'], env)).toMatchObject({ code: 0 });
    const input = `email,name\n${uniqueEmail()},Ada\n${uniqueEmail()},Grace\n`;
    const args = ['users', 'import', '-', '--format', 'csv', '--json'];
    const { code, stdout } = await runCommand(args, env, { input });
    expect({ code, ...(JSON.parse(stdout) as object) }).toMatchObject({ code: 0, imported: 2 });
  });

  it('refuses commands that need a session, with one line each', async () => {
    const { url } = pgbouncer;
    const calls = [
      [['migrate'], { DATABASE_URL: url }],
      [['migrate'], { DATABASE_URL: direct, DATABASE_DIRECT_URL: url }],
      [['migrate', '--status'], { DATABASE_URL: direct, DATABASE_DIRECT_URL: url }],
      [['cleanup'], { DATABASE_URL: url }],
      [['jobs', 'list'], { DATABASE_URL: url }],
    ] as const;
    for (const { code, stdout, stderr } of await Promise.all(
      calls.map(([args, environment]) => runCommand(args, environment)),
    )) {
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(
        /^The database cannot be reached: FATAL: unsupported startup parameter.* \[08P01\]\n$/,
      );
    }
  });
});
