import { cli } from '../support/cli.js';
import { figure } from '../support/figure.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type Service, startService } from '../support/service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const FAILURES = 5;
const QUICK_MS = 1000;

interface ListedJob {
  readonly id: string;
  readonly queue: string;
  readonly state: string;
  readonly attempts: number;
  readonly error: string | null;
}

describe('a mail service that fails', () => {
  let database: TestDatabase;
  let mail: MailService;
  let service: Service;

  beforeEach(async () => {
    database = await createTestDatabase();
    mail = await startMailService();
  });

  afterEach(async () => {
    await service.stop();
    await mail.stop();
    await database.drop();
  });

  it('delays a mail but not the request while it answers 500 five times', async () => {
    await launch({ EMAIL_RETRY_LIMIT: '8', EMAIL_RETRY_DELAY_MAX_SECONDS: '1' });
    let answers = 0;
    mail.answer(() => ((answers += 1) <= FAILURES ? 500 : 200));
    const slowest = await create('ada@example.com');
    await waitFor('the mail', () => mail.deliveries.some(({ status }) => status === 200), 25_000);

    expect(mail.deliveries.map(({ status }) => status)).toEqual([500, 500, 500, 500, 500, 200]);
    expect(new Set(mail.deliveries.map(({ key }) => key)).size).toBe(1);
    expect(new Set(mail.deliveries.map(({ body }) => body.variables.token)).size).toBe(1);
    const [job] = await listed('--queue', 'email');
    expect(job?.id).toBe(mail.deliveries[0]?.key);
    figure(`mail service failed ${FAILURES} times: POST /users took ${slowest} ms, mail arrived`);
  });

  it('answers sign-ups quickly while every mail fails', async () => {
    await launch();
    mail.answer(() => 500);
    const took: number[] = [];
    for (let number = 1; number <= 50; number += 1)
      took.push(await create(`user-${number}@example.com`));
    expect(Math.max(...took)).toBeLessThan(QUICK_MS);
    figure(`mail service down: 50 sign-ups, slowest ${Math.max(...took)} ms`);
  });

  it('keeps a dead letter until it is retried by hand', async () => {
    await launch({ EMAIL_RETRY_LIMIT: '1' });
    mail.answer(() => 500);
    await create('grace@example.com');
    await jobReaches('failed');
    const [dead] = await listed('--state', 'failed');
    expect(mail.deliveries.map(({ status }) => status)).toEqual([500, 500]);
    expect(dead).toMatchObject({
      id: mail.deliveries[0]?.key,
      queue: 'email',
      state: 'failed',
      attempts: 2,
      error: 'MailServiceFailed: the mail service answered 500',
    });

    // Still broken: the one attempt more ends as a dead letter again, and nothing is lost.
    await retry(dead?.id ?? '');
    await waitFor('the attempt', () => mail.deliveries.length === 3);
    await jobReaches('failed');

    mail.answer(() => 200);
    await retry(dead?.id ?? '');
    await waitFor('the mail', () => mail.deliveries.some(({ status }) => status === 200));
    expect(new Set(mail.deliveries.map(({ key }) => key))).toEqual(new Set([dead?.id]));
    await jobReaches('completed');
    expect(await listed('--state', 'failed')).toEqual([]);

    const again = await cli(['jobs', 'retry', dead?.id ?? ''], { DATABASE_URL: database.url });
    expect(again).toMatchObject({ code: 1, stdout: '' });
    figure(
      `dead letter ${dead?.id} sent by jobs retry after ${mail.deliveries.length - 1} refusals`,
    );
  });

  async function launch(env: Readonly<Record<string, string>> = {}): Promise<void> {
    service = await startService({
      DATABASE_URL: database.url,
      EMAIL_SERVICE_URL: mail.url,
      ...env,
    });
    await waitFor('readiness', async () => (await service.get('/ready')).status === 200);
  }

  /** @returns how long it took, in milliseconds. */
  async function create(email: string): Promise<number> {
    const started = performance.now();
    const { status } = await service.post('/users', { email, name: 'Ada' });
    expect(status).toBe(201);
    return Math.round(performance.now() - started);
  }

  async function jobReaches(state: string): Promise<void> {
    await waitFor(`the job to be ${state}`, async () => {
      const jobs = await database.query(
        `SELECT 1 FROM pgboss.job WHERE name = 'email' AND state::text = $1`,
        [state],
      );
      return jobs.length === 1;
    });
  }

  async function listed(...options: string[]): Promise<ListedJob[]> {
    const { code, stdout, stderr } = await cli(['jobs', 'list', '--json', ...options], {
      DATABASE_URL: database.url,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout) as ListedJob[];
  }

  async function retry(id: string): Promise<void> {
    const { code, stdout } = await cli(['jobs', 'retry', id, '--json'], {
      DATABASE_URL: database.url,
    });
    expect({ code, result: JSON.parse(stdout) }).toEqual({ code: 0, result: { retried: 1 } });
  }
});
