import { runToEnd } from '../support/cli.js';
import { runCommand, startApi } from '../support/warm-process.js';
import { describeOnPostgres } from '../support/installed.js';
import { ready } from '../support/ready.js';
import { startService } from '../support/service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** After this a process that should have ended by itself is ended, in milliseconds. */
const LIMIT_MS = 20_000;
const CANARY = 'cnry9f3c';

/** What src/config/url.spec.ts tries many forms of, once in each variable that holds a URL. */
const unreadable = {
  DATABASE_URL: `postgresql://u:${CANARY}%zz@h/db`,
  DATABASE_DIRECT_URL: `postgresql://u:${CANARY}@a:1,b:2/db`,
  REDIS_URL: `redis://:${CANARY}@h:99999`,
  PUBLIC_URL: `https://a/?lang=${CANARY}`,
  CORS_ORIGINS: `https://${CANARY}.example/path`,
  EMAIL_SERVICE_URL: `smtp://u:${CANARY}%a@h`,
  PAYMENT_SERVICE_URL: `https://${CANARY},other`,
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://h/?key=${CANARY}`,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${CANARY}:4318`,
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `http://u:${CANARY}@h`,
};

describeOnPostgres('forms of URLs', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database?.drop());

  /** The test's database, named in other ways than its own URL does. */
  function parts() {
    const url = new URL(database.url);
    const host = url.searchParams.get('host') ?? url.hostname;
    const name = url.pathname.slice(1);
    return { host, name, port: url.port, user: url.username || 'postgres' };
  }

  it.each(['API', 'worker', 'CLI'] as const)(
    '%s: one line for each that cannot be read, without its value, and exit 78',
    async (program) => {
      const ended =
        program === 'CLI'
          ? await runCommand(['config', '--json'], unreadable)
          : await runToEnd(program === 'API' ? 'main' : 'worker', unreadable, LIMIT_MS);
      expect(ended.code).toBe(78);
      const faults = ended.stderr.trimEnd().split('\n');
      expect(faults.map((line) => line.replace(/: .*$/, '')).toSorted()).toEqual(
        Object.keys(unreadable).toSorted(),
      );
      expect(ended.stderr + ended.stdout).not.toContain(CANARY);
    },
  );

  it('API: is ready with a socket as the host and spaces around values', async () => {
    const { host, name, port, user } = parts();
    const service = await ready(
      await startApi({
        DATABASE_URL: ` postgres://${user}@${encodeURIComponent(host)}:${port}/${name}\n`,
        PUBLIC_URL: '\thttps://App.example/base// ',
      }),
    );
    expect(await service.stop()).toBe(0);
  });

  it('worker: is ready with all parts as URL parameters, and uses the pool parameters', async () => {
    const { host, name, port, user } = parts();
    const service = await ready(
      await startService(
        {
          DATABASE_URL: `POSTGRESQL:///?host=${host}&port=${port}&user=${user}&dbname=${name}`,
          DATABASE_DIRECT_URL: `postgres://${user}@/${name}?host=${host}&port=${port}&target_session_attrs=any`,
        },
        { entry: 'worker' },
      ),
    );
    expect(await service.stop()).toBe(0);
  });

  it('CLI: works with an empty port and the parameters of libpq', async () => {
    const { host, name, port, user } = parts();
    const DATABASE_URL = `postgresql://${user}:@:${port}/${name}?host=${host}&application_name=a%20b&sslmode=disable`;
    expect(await runCommand(['migrate', '--status'], { DATABASE_URL })).toMatchObject({ code: 0 });
  });
});
