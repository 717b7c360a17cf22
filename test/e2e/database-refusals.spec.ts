import { Client } from 'pg';

import { signedIn } from '../support/accounts.js';
import { type Answer, bearer } from '../support/caller.js';
import { expectProblem } from '../support/http.js';
import { ready } from '../support/ready.js';
import type { Service } from '../support/service.js';
import { runCommand, startApi } from '../support/warm-process.js';
import { execute } from '../support/execute.js';
import { startTestPostgres, type TestPostgres } from '../support/postgres.js';
import { signUp } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

const RECOVERY_MS = 2000;

interface Ready {
  checks: { database: boolean };
  details: { database: { read_only?: boolean } };
}

/** A database that is there and says no. */
describe('a database that refuses', () => {
  let postgres: TestPostgres;
  let admin: Client;
  let api: Service;

  beforeAll(async () => {
    postgres = await startTestPostgres({ version: 'embedded' });
    admin = new Client({ connectionString: await postgres.createDatabase('users') });
    await admin.connect();
    await admin.query('CREATE ROLE app LOGIN; ALTER DATABASE users OWNER TO app');
    const url = new URL(postgres.adminUrl);
    url.username = 'app';
    url.pathname = '/users';
    // The schema public belongs to the owner of the database.
    expect(await runCommand(['migrate'], { DATABASE_URL: url.href })).toMatchObject({ code: 0 });
    api = await ready(
      await startApi({
        DATABASE_URL: url.href,
        EMAIL_SERVICE_URL: 'log:',
        JOBS_IN_API: 'true',
      }),
    );
  });

  afterAll(async () => {
    await api?.stop();
    await admin?.end();
    await postgres?.stop();
  });

  const create = () => api.as('service').post<{ id: string }>('/users', signUp());
  const list = () => api.as('service').get('/users');
  const healthy = async () => (await api.get('/health')).status;
  const backends = async () => {
    const { rows } = await admin.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE usename = 'app' AND application_name = 'user-api'`,
    );
    return rows.map(({ pid }) => pid);
  };

  function expectUnavailable(answer: Answer): void {
    expectProblem(answer, 503, 'dependency.unavailable');
    expect(answer.headers.get('retry-after')).toBe('1');
  }

  /** Ends the connections that there are. From then on each request meets the refusal. */
  async function expectRefusal(): Promise<void> {
    await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'`,
    );
    await waitFor('the loss to be noticed', async () => (await api.get('/ready')).status === 503);
    for (const answer of await Promise.all([create(), list(), create(), list()]))
      expectUnavailable(answer);
    expect(await healthy()).toBe(200);
  }

  async function expectRecovery(): Promise<void> {
    await waitFor(
      'everything to work again',
      async () => (await create()).status === 201 && (await api.get('/ready')).status === 200,
      RECOVERY_MS,
    );
  }

  it('answers 503 while there are too many connections, and recovers', async () => {
    const { tokens } = await signedIn(api);
    await admin.query('ALTER ROLE app CONNECTION LIMIT 0');
    await expectRefusal();
    // Whether a credential is right cannot be looked up: that matters only where one is needed.
    const headers = bearer(tokens.access_token);
    for (const path of ['/health', '/metrics', '/openapi.json'])
      expect((await api.get(path, headers)).status).toBe(200);
    expectUnavailable(await api.get('/users/me', headers));
    expect(await backends()).toEqual([]);
    await admin.query('ALTER ROLE app CONNECTION LIMIT -1');
    await expectRecovery();
  });

  describe.each([
    [
      'a role without login',
      () => admin.query('ALTER ROLE app NOLOGIN'),
      () => admin.query('ALTER ROLE app LOGIN'),
    ],
    [
      'a role that may not connect',
      () => admin.query('REVOKE CONNECT ON DATABASE users FROM PUBLIC, app'),
      () => admin.query('GRANT CONNECT ON DATABASE users TO PUBLIC, app'),
    ],
    [
      'a database that takes no connections',
      () => execute(postgres.adminUrl, 'ALTER DATABASE users ALLOW_CONNECTIONS false'),
      () => execute(postgres.adminUrl, 'ALTER DATABASE users ALLOW_CONNECTIONS true'),
    ],
  ] as const)('by %s', (_, begin, end) => {
    afterEach(() => end());

    it('answers 503 to requests that need a new connection, and is not ready', async () => {
      await begin();
      await expectRefusal();
      await end();
      await expectRecovery();
    });
  });

  it('is not ready as soon as a new connection is refused, even while old ones work', async () => {
    await expectRecovery();
    await admin.query('ALTER ROLE app NOLOGIN');
    try {
      // The pool's connections go, that of the readiness check stays.
      await admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE usename = 'app' AND application_name = 'user-api'`,
      );
      await waitFor('a refused request', async () => (await list()).status === 503);
      await waitFor('/ready to agree', async () => (await api.get('/ready')).status === 503);
    } finally {
      await admin.query('ALTER ROLE app LOGIN');
    }
    await expectRecovery();
  });

  it.each([
    ['53100', 503],
    ['58030', 503],
    ['55P03', 503],
    ['40001', 503],
    ['40P01', 503],
    ['XX000', 500],
  ])('answers a write that fails with SQLSTATE %s by %i', async (code, status) => {
    await admin.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '${code}'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON users EXECUTE FUNCTION refuse()`);
    try {
      // Several of one moment share a statement.
      for (const answer of await Promise.all([create(), create(), create()])) {
        if (status === 503) expectUnavailable(answer);
        else expectProblem(answer, 500, 'internal');
      }
    } finally {
      await admin.query('DROP FUNCTION refuse CASCADE');
    }
    await expectRecovery();
  });

  it('serves reads, refuses writes and replaces connections when the server becomes read-only', async () => {
    await admin.query('ALTER SYSTEM SET default_transaction_read_only = on');
    await admin.query('SELECT pg_reload_conf()');
    await waitFor('the server to be read-only', async () => (await create()).status !== 201);
    const before = await backends();
    expectUnavailable(await create());
    expect((await list()).status).toBe(200);
    expect(await healthy()).toBe(200);
    await waitFor('/ready to see it', async () => {
      const { status, body } = await api.get<Ready>('/ready');
      return status === 503 && !body.checks.database && body.details.database.read_only === true;
    });
    // A write that was refused takes its connection with it, so that the next one may find a primary.
    await waitFor('each connection to be replaced', async () => {
      expectUnavailable(await create());
      const now = await backends();
      return !before.some((pid) => now.includes(pid));
    });
    await admin.query('SET default_transaction_read_only = off');
    await admin.query('ALTER SYSTEM RESET default_transaction_read_only');
    await admin.query('SELECT pg_reload_conf()');
    await expectRecovery();
  });

  it('answers 503 when a statement exceeds its time limit', async () => {
    const { body } = await create();
    await admin.query('BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE');
    try {
      expectUnavailable(await api.as('service').get(`/users/${body.id}`));
      expect(await healthy()).toBe(200);
    } finally {
      await admin.query('ROLLBACK');
    }
    await expectRecovery();
  });
});
