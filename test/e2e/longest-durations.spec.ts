import { expectProblem } from '../support/http.js';

import { createUser, login, PASSWORD, type Tokens } from '../support/accounts.js';
import { ready } from '../support/ready.js';
import type { Service } from '../support/service.js';
import { startApi } from '../support/warm-process.js';
import { describeOnPostgres } from '../support/installed.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';
import { sections } from '../../src/bootstrap/config-sections.js';

/** Every duration of the schema at its maximum. */
const longest = Object.fromEntries(
  sections
    .flatMap(({ area }) => Object.entries(area.variables))
    .flatMap(([name, { schema }]) => {
      const max = /^(?:milliseconds|seconds|days), \d+ to (\d+)$/.exec(
        schema.description ?? '',
      )?.[1];
      return max === undefined ? [] : [[name, max] as const];
    }),
);

describeOnPostgres('an API with every duration at its maximum', () => {
  let database: TestDatabase;
  let mails: MailService;
  let service: Service;

  beforeAll(async () => {
    [database, mails] = await Promise.all([createTestDatabase(), startMailService()]);
    mails.answer(() => 503);
    service = await startApi({
      ...longest,
      // The end of the process would be that far away.
      SHUTDOWN_DELAY_SECONDS: '0',
      DATABASE_URL: database.url,
      EMAIL_SERVICE_URL: mails.url,
      RATE_LIMIT_REQUESTS: '1000',
      RATE_LIMIT_LOGINS: '1000',
      RATE_LIMIT_SIGNUPS: '1000',
    }).then(ready);
  });

  afterAll(async () => {
    await mails?.stop();
    await database?.drop();
  });

  it('accepts the maximum durations of the schema', () => {
    expect(Object.keys(longest).length).toBeGreaterThan(15);
  });

  it('signs in, stays signed in, and counts failures', async () => {
    const { email } = await createUser(service);
    const { status, body } = await login(service, email);
    expect(status).toBe(200);
    expect(body.expires_in).toBe(Number(longest['ACCESS_TOKEN_TTL']));
    const headers = { authorization: `Bearer ${body.access_token}` };
    const me = await service.get('/users/me', headers);
    expect(me.status).toBe(200);
    expect(me.headers.get('ratelimit-policy')).toContain(
      `w=${longest['RATE_LIMIT_WINDOW_SECONDS']}`,
    );
    const refreshed = await service.post<Tokens>('/auth/refresh', {
      refresh_token: body.refresh_token,
    });
    expect(refreshed.status).toBe(200);
    expectProblem(await login(service, email, `${PASSWORD}x`), 401, 'auth.invalid-credentials');
    const failures = await database.query('SELECT count FROM sign_in_failures');
    expect(failures).toContainEqual({ count: 1 });
    const forgot = await service.post('/auth/password/forgot', { email });
    expect(forgot.status).toBe(202);
  });

  it('retries a mail after that time, instead of at once or never', async () => {
    const { id, email } = await createUser(service);
    const [job] = await waitFor('the mail to wait for its retry', async () => {
      const rows = await database.query<{ wait: number }>(
        `SELECT extract(epoch FROM start_after - now())::float8 AS wait
           FROM pgboss.job WHERE state = 'retry' AND data -> 'payload' ->> 'user_id' = $1`,
        [id],
      );
      return rows.length > 0 ? rows : undefined;
    });
    expect(job?.wait).toBeGreaterThan(1e9);
    expect(mails.deliveries.filter(({ body }) => body.to === email)).toHaveLength(1);
  });

  it('keeps its connections', async () => {
    const backends = async () =>
      database.query(
        `SELECT pid FROM pg_stat_activity
          WHERE datname = current_database() AND application_name = 'user-api' ORDER BY pid`,
      );
    const before = await backends();
    await service.get('/users/me', { 'x-api-key': 'wrong' });
    await createUser(service);
    expect(await backends()).toEqual(expect.arrayContaining(before));
  });

  it('shuts down in order, without a timer overflow warning of Node', async () => {
    expect(await service.stop()).toBe(0);
    expect(service.output()).not.toMatch(/TimeoutOverflow|deadline passed/);
  });
});
