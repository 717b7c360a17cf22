import {
  createUser,
  signedIn,
  superuser,
  type TestUser,
  type Tokens,
} from '../support/accounts.js';
import { expectProblem } from '../support/http.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

interface Job {
  id: string;
  queue: string;
  state: string;
  user_id: string | null;
  error: string | null;
}
interface Queue {
  queue: string;
  waiting: number;
  active: number;
  failed: number;
}
interface JobPage {
  items: Job[];
  next_cursor: string | null;
}
interface Day {
  day: string;
  sign_ups: Record<string, number>;
  sign_ins: Record<string, number>;
  mails: Record<string, number>;
  requests: number;
  errors: number;
  latency_ms: { p50: number; p95: number; p99: number } | null;
}

const NOBODY = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';
let mails: MailService;
let api: Api;
let admin: TestUser & { tokens: Tokens };

beforeAll(async () => {
  mails = await startMailService();
  api = await testApi().withMails(mails).start();
  admin = await superuser(api, api.database);
});

afterAll(async () => {
  await api?.stop();
  await mails?.stop();
});

const jobs = async (query: Record<string, string> = {}) =>
  (await api.as(admin).get<JobPage>(`/admin/jobs?${new URLSearchParams(query).toString()}`)).body;

const today = async () => {
  const { body } = await api.as('service').get<{ days: Day[] }>('/admin/statistics?days=1');
  return body.days[0] as Day;
};

/** A user whose welcome mail the mail service refuses for good. */
async function userWithFailedJob(): Promise<{ user: TestUser; job: Job }> {
  mails.answer(() => 422);
  const user = await createUser(api);
  const job = await waitFor('the job to fail', async () =>
    (await jobs({ user_id: user.id, state: 'failed' })).items.at(0),
  );
  mails.answer(() => 202);
  return { user, job };
}

describe('the overview', () => {
  it('tells version, readiness of each check, pool, queues, breakers and log level', async () => {
    const { status, body } = await waitFor('the welcome mail of the superuser', async () => {
      const answer = await api.as(admin).get<{ queues: Queue[] }>('/admin/overview');
      const busy = ({ waiting, active }: Queue) => waiting + active > 0;
      return !answer.body.queues.some(busy) && answer;
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      version: expect.stringMatching(/^\d/) as string,
      environment: 'test',
      status: 'ready',
      checks: { database: true, redis: true, external_apis: true },
      pool: { active: expect.any(Number) as number, max: 30 },
      queues: expect.arrayContaining([
        { queue: 'email', waiting: 0, active: 0, failed: 0 },
      ]) as unknown,
      breakers: expect.arrayContaining([{ name: 'email', state: 'closed' }]) as unknown,
      log_level: 'INFO',
      log_level_until: null,
    });
  });

  it('follows the log level and failed jobs', async () => {
    const { job } = await userWithFailedJob();
    const { body: change } = await api
      .as(admin)
      .request<{ until: string }>('/admin/log-level', { method: 'PUT', body: { level: 'WARN' } });
    const { body } = await api.as(admin).get<{ queues: Queue[] }>('/admin/overview');
    expect(body).toMatchObject({ log_level: 'WARN', log_level_until: change.until });
    expect(body.queues.find(({ queue }) => queue === job.queue)?.failed).toBeGreaterThan(0);
  });
});

describe('statistics', () => {
  it('count sign-ups by source, sign-ins, mails and requests of today at once', async () => {
    const before = await today();
    const body = { email: `${crypto.randomUUID()}@example.com`, name: 'Ada', source: 'mobile' };
    const { body: user } = await api.as('service').post<TestUser>('/users', body);
    await mails.mailed(user.email, 'welcome');
    await signedIn(api);
    const after = await waitFor('the mail to be counted', async () => {
      const now = await today();
      return (now.mails['sent'] ?? 0) > (before.mails['sent'] ?? 0) ? now : undefined;
    });
    const added = (name: 'sign_ups' | 'sign_ins', label: string) =>
      (after[name][label] ?? 0) - (before[name][label] ?? 0);
    expect(added('sign_ups', 'mobile')).toBe(1);
    expect(added('sign_ups', 'unknown')).toBe(1);
    expect(added('sign_ins', 'password')).toBe(1);
    expect(after.requests).toBeGreaterThan(before.requests);
    expect(after.errors).toBe(0);
    expect(after.latency_ms?.p50).toBeGreaterThan(0);
    expect(after.latency_ms?.p99).toBeGreaterThanOrEqual(after.latency_ms?.p50 ?? Infinity);
  });

  it('list the asked number of days up to today, those without figures included', async () => {
    const { body } = await api.as('service').get<{ days: Day[] }>('/admin/statistics');
    expect(body.days).toHaveLength(30);
    expect(body.days.at(-1)?.day).toBe(new Date().toISOString().slice(0, 10));
    expect(body.days[0]).toMatchObject({ sign_ups: {}, requests: 0, latency_ms: null });
    for (const days of ['0', '367', 'all'])
      expectProblem(
        await api.as('service').get(`/admin/statistics?days=${days}`),
        400,
        'request.invalid',
      );
  });

  it('of all processes add up, and survive their end', async () => {
    const other = await testApi().withMails(mails).on(api.database).start();
    const before = (await today()).sign_ups['unknown'] ?? 0;
    await createUser(other);
    expect(await other.stop()).toBe(0);
    expect((await today()).sign_ups['unknown']).toBe(before + 1);
  });
});

describe('jobs', () => {
  it('are listed by queue, state and user, and show nothing of their payload but the user', async () => {
    const { user, job } = await userWithFailedJob();
    expect(job).toEqual({
      id: expect.any(String) as string,
      queue: 'email',
      state: 'failed',
      attempts: 1,
      created_at: expect.any(String) as string,
      due_at: expect.any(String) as string,
      completed_at: expect.any(String) as string,
      error: expect.stringContaining('422') as string,
      user_id: user.id,
    });
    const ids = async (query: Record<string, string>) =>
      (await jobs({ limit: '100', ...query })).items.map(({ id }) => id);
    expect(await ids({})).toContain(job.id);
    expect(await ids({ queue: 'email', state: 'failed' })).toContain(job.id);
    expect(await ids({ state: 'completed' })).not.toContain(job.id);
    expect(await ids({ queue: 'tier_change' })).not.toContain(job.id);
    expect(await ids({ queue: 'nothing' })).toEqual([]);
    expectProblem(await api.as(admin).get('/admin/jobs?state=lost'), 400, 'request.invalid');
  });

  it('are paged, newest first, without gap or repetition', async () => {
    for (let index = 0; index < 5; index += 1) await createUser(api);
    const all = (await jobs({ limit: '100' })).items.map(({ id }) => id);
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: JobPage = await jobs({ limit: '2', ...(cursor !== null && { cursor }) });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(paged).toEqual(all);
  });

  it('that failed get one more attempt, on record', async () => {
    const { user, job } = await userWithFailedJob();
    expect((await api.as(admin).post(`/admin/jobs/${job.id}/retry`)).status).toBe(202);
    await waitFor(
      'the job to be done',
      async () => (await jobs({ user_id: user.id, state: 'completed' })).items.length > 0,
    );
    expectProblem(await api.as(admin).post(`/admin/jobs/${job.id}/retry`), 409, 'jobs.wrong-state');
    const records = await api.database.query(
      `SELECT action, actor_id, details FROM audit_log WHERE details ->> 'job' = $1`,
      [job.id],
    );
    expect(records).toEqual([
      {
        action: 'job.retried',
        actor_id: admin.id,
        details: { job: job.id, queue: 'email' },
      },
    ]);
  });

  it('are deleted, unless they run', async () => {
    const { user, job } = await userWithFailedJob();
    const setState = (state: string) =>
      api.database.query('UPDATE pgboss.job SET state = $1 WHERE id = $2', [state, job.id]);
    await setState('active');
    expectProblem(await api.as(admin).delete(`/admin/jobs/${job.id}`), 409, 'jobs.wrong-state');
    await setState('failed');
    expect((await api.as(admin).delete(`/admin/jobs/${job.id}`)).status).toBe(204);
    expect((await jobs({ user_id: user.id })).items).toEqual([]);
    for (const gone of [job.id, NOBODY]) {
      expectProblem(await api.as(admin).delete(`/admin/jobs/${gone}`), 404, 'request.not-found');
      expectProblem(
        await api.as(admin).post(`/admin/jobs/${gone}/retry`),
        404,
        'request.not-found',
      );
    }
  });
});
