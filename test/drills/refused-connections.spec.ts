import { chmodSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { Client } from 'pg';

import { giveTo, serverUserFor } from '../../src/platform/database/embedded/server-user.js';
import { type Certificate, makeCertificate } from '../support/certificate.js';
import { cli } from '../support/cli.js';
import { execute } from '../support/execute.js';
import { expectProblem } from '../support/http.js';
import { ready } from '../support/ready.js';
import { type Service, startService } from '../support/service.js';
import { startTestPostgres, type TestPostgres } from '../support/postgres.js';
import { signUp } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

const PASSWORD = 'as-it-was';
const DRILL_MS = 60_000;
/** No connection is older than this, so that refusals show without any that is cut. */
const RECYCLE_SECONDS = '1';

/** A PostgreSQL that takes TLS and a password, for a service that checks its certificate. */
describe('refused connections', () => {
  let postgres: TestPostgres;
  let admin: Client;
  let folder: string;
  let certificate: Certificate;
  let ca: string;
  let api: Service;
  let worker: Service;

  const address = (sslmode: string, host = 'localhost') => {
    const url = new URL(String(postgres.tcpUrl));
    Object.assign(url, { username: 'app', password: PASSWORD, hostname: host, pathname: '/users' });
    url.search = new URLSearchParams({ sslmode, sslrootcert: ca }).toString();
    return url.href;
  };

  /** As the server's account reads it, and takes it at the next reload. */
  async function install(next: Certificate): Promise<void> {
    for (const [name, text] of Object.entries({
      'server.key': next.key,
      'server.crt': next.cert,
    })) {
      writeFileSync(join(folder, name), text);
      giveTo(serverUserFor(folder), join(folder, name));
      chmodSync(join(folder, name), 0o600);
    }
    await admin.query('ALTER SYSTEM SET ssl = on');
    await admin.query('SELECT pg_reload_conf()');
  }

  beforeAll(async () => {
    postgres = await startTestPostgres({ version: 'embedded', tcp: true });
    admin = new Client({ connectionString: postgres.adminUrl });
    await admin.connect();
    const { rows } = await admin.query<{ hba_file: string }>('SHOW hba_file');
    const [{ hba_file: hba } = { hba_file: '' }] = rows;
    folder = dirname(hba);
    ca = join(dirname(folder), 'ca.crt');
    certificate = makeCertificate();
    writeFileSync(ca, certificate.cert);
    await admin.query(`CREATE ROLE app LOGIN PASSWORD '${PASSWORD}'`);
    await postgres.createDatabase('users');
    await admin.query('ALTER DATABASE users OWNER TO app');
    writeFileSync(hba, 'local all all trust\nhostssl all app samehost scram-sha-256\n');
    await install(certificate);
    await waitFor(
      'TLS',
      async () => (await execute(address('verify-full'), 'SELECT 1')).length === 1,
    );
    const env = { DATABASE_URL: address('verify-full') };
    expect(await cli(['migrate'], env)).toMatchObject({ code: 0 });
    const settings = {
      ...env,
      EMAIL_SERVICE_URL: 'log:',
      DATABASE_POOL_RECYCLE: RECYCLE_SECONDS,
    };
    [api, worker] = await Promise.all([
      startService({ ...settings, JOBS_IN_API: 'false' }).then(ready),
      startService(settings, { entry: 'worker' }).then(ready),
    ]);
  }, DRILL_MS);

  afterAll(async () => {
    await Promise.all([api?.stop(), worker?.stop()]);
    await admin?.end();
    await postgres?.stop();
  });

  const create = () => api.as('service').post('/users', signUp());
  const list = () => api.as('service').get('/users');
  const both = async (status: number) => {
    const answers = await Promise.all([api.get('/ready'), worker.get('/ready')]);
    return answers.every((answer) => answer.status === status);
  };
  /** Whoever was let in before has to connect again. */
  const cut = () =>
    admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'`);

  it.each([
    ['disable', /no encryption/],
    ['prefer', undefined],
    ['require', undefined],
    ['verify-ca', undefined],
    ['verify-full', undefined],
  ])('applies sslmode=%s', async (sslmode, refusal) => {
    const { code, stderr } = await cli(['migrate', '--status'], { DATABASE_URL: address(sslmode) });
    expect({ code, refused: refusal?.test(stderr) }).toEqual(
      refusal === undefined ? { code: 0 } : { code: 1, refused: true },
    );
  });

  it.each([
    [
      'a password that was rotated',
      () => admin.query(`ALTER ROLE app PASSWORD 'another'`),
      () => admin.query(`ALTER ROLE app PASSWORD '${PASSWORD}'`),
      'DatabaseUnavailable [28P01]: FATAL: password authentication failed for user "app"',
    ],
    [
      'a certificate that was exchanged',
      () => install(makeCertificate()),
      () => install(certificate),
      'DatabaseUnavailable [DEPTH_ZERO_SELF_SIGNED_CERT]: self-signed certificate',
    ],
    [
      'a database that was renamed',
      async () => {
        await cut();
        await waitFor('the rename', async () => {
          await cut();
          await admin.query('ALTER DATABASE users RENAME TO people');
          return true;
        });
      },
      () => admin.query('ALTER DATABASE people RENAME TO users'),
      'DatabaseUnavailable [3D000]: FATAL: database "users" does not exist',
    ],
  ] as const)(
    "are 503 and not ready, told by the server's own words, and heal by themselves: %s",
    async (_, begin, end, sentence) => {
      await begin();
      try {
        await cut();
        await waitFor('both to notice', () => both(503));
        for (const answer of await Promise.all([create(), list(), create(), list()])) {
          expectProblem(answer, 503, 'dependency.unavailable');
          expect(answer.headers.get('retry-after')).toBe('1');
        }
        expect((await api.get('/health')).status).toBe(200);
        // A process that starts meanwhile logs why it has no database.
        const late = await startService({
          DATABASE_URL: address('verify-full'),
          EMAIL_SERVICE_URL: 'log:',
        });
        await waitFor('the reason', () =>
          late.logs.some(({ exception }) => String(exception).startsWith(sentence)),
        );
        const { code, stderr } = await cli(['jobs', 'list'], {
          DATABASE_URL: address('verify-full'),
        });
        expect({ code, said: stderr.includes(sentence.replace(/^.*?\]: /, '')) }).toEqual({
          code: 1,
          said: true,
        });
        await end();
        await ready(late);
        await late.stop();
      } finally {
        await end().catch(() => undefined);
      }
      await waitFor('both to recover', () => both(200));
      await waitFor('a user to be created', async () => (await create()).status === 201);
    },
    DRILL_MS,
  );
});
