import { randomUUID } from 'node:crypto';

import { ANSWER_FLOOR_MS } from '../../src/platform/common/minimum-duration.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { API_KEY } from '../support/caller.js';
import { expectProblem } from '../support/http.js';
import { valueOf } from '../support/series.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

const service = { 'x-api-key': API_KEY };

describe('sign-up with SIGNUP_DISCLOSURE=false', () => {
  let mails: MailService;
  let api: Api;

  beforeAll(async () => {
    mails = await startMailService();
    api = await testApi().withMails(mails).with({ SIGNUP_DISCLOSURE: 'false' }).start();
  });

  afterAll(async () => {
    await api?.stop();
    await mails?.stop();
  });

  const signUp = (email: string, headers: Record<string, string> = {}, password?: string) =>
    api.post('/users', { email, name: 'Ada', password }, headers);
  const mailsTo = (address: string) =>
    mails.deliveries.filter(({ body }) => body.to === address).map(({ body }) => body.template);

  it('gives strangers equal answers for free and taken addresses, and mails the owner once', async () => {
    const email = `${randomUUID()}@example.com`;
    const first = await signUp(email);
    await waitFor('the welcome mail', () => mailsTo(email).length === 1);
    const second = await signUp(email.toUpperCase());
    const third = await signUp(email);
    for (const answer of [first, second, third]) {
      expect([answer.status, answer.text]).toEqual([202, first.text]);
      expect([...answer.headers.keys()]).toEqual([...first.headers.keys()]);
      expect(answer.headers.has('location')).toBe(false);
    }
    await waitFor('the mail to the owner', () => mailsTo(email).includes('account_exists'));
    await waitFor('all jobs to be done', async () => {
      const open = await api.database.query(
        `SELECT 1 FROM pgboss.job WHERE state <> 'completed' AND name = 'email'`,
      );
      return open.length === 0;
    });
    expect(mailsTo(email)).toEqual(['welcome', 'account_exists']);
  });

  it('mails the owner of a taken address a token without effect', async () => {
    const email = `${randomUUID()}@example.com`;
    await signUp(email);
    await signUp(email);
    const { variables } = await mails.mailed(email, 'account_exists');
    // Nobody has confirmed the address.
    expect(Object.keys(variables)).toEqual(['locale', 'token']);
    const { token } = variables;
    const password = 'correct horse battery';
    for (const [path, body] of [
      ['/auth/password/reset', { token, password }],
      ['/auth/verify-email', { token }],
    ] as const) {
      const answer = await api.post(path, body);
      expectProblem(answer, 400, 'auth.invalid-token');
    }
    const login = await api.post('/auth/login', { email, password });
    expect(login.status).toBe(401);
  });

  it('answers a service with 201 or 409, as with disclosure', async () => {
    const email = `${randomUUID()}@example.com`;
    expect((await signUp(email, service)).status).toBe(201);
    const taken = await signUp(email, service);
    expectProblem(taken, 409, 'users.email-taken');
  });

  it('stores the same answer for an Idempotency-Key', async () => {
    const [email, headers] = [`${randomUUID()}@example.com`, { 'idempotency-key': randomUUID() }];
    const [first, second] = [await signUp(email, headers), await signUp(email, headers)];
    expect([second.status, second.text]).toEqual([202, first.text]);
    const repeated = await api.database.query(
      `SELECT 1 FROM audit_log a JOIN users u ON u.id = a.target_id
        WHERE u.email = $1 AND a.action = 'user.sign-up-repeated'`,
      [email],
    );
    expect(repeated).toEqual([]);
  });

  /** Milliseconds of a sign-up with a password, which is hashed once. */
  const timed = async (email: string) => {
    const before = await hashes();
    const started = performance.now();
    expect((await signUp(email, {}, 'correct horse battery')).status).toBe(202);
    const elapsed = performance.now() - started;
    expect(await hashes()).toBe(before + 1);
    return elapsed;
  };
  const hashes = async () =>
    valueOf(
      (await api.get('/metrics')).text,
      'worker_pool_tasks_total{task="password.hash",result="completed"}',
    );

  it('hashes the password and hides the time, for free and taken addresses', async () => {
    const taken = `${randomUUID()}@example.com`;
    await signUp(taken);
    const times = { free: [] as number[], taken: [] as number[] };
    // In turn: what else the machine does meets both.
    for (let round = 0; round < 15; round += 1) {
      times.free.push(await timed(`${randomUUID()}@example.com`));
      times.taken.push(await timed(taken));
    }
    // Timers may be a millisecond early.
    expect(Math.min(...times.free, ...times.taken)).toBeGreaterThanOrEqual(ANSWER_FLOOR_MS - 1);
    const ratio = median(times.taken) / median(times.free);
    expect(Math.max(ratio, 1 / ratio)).toBeLessThan(1.5);
  });
});

describe('sign-up with REGISTRATION=closed', () => {
  let api: Api;

  beforeAll(async () => {
    api = await testApi().with({ REGISTRATION: 'closed' }).start();
  });

  afterAll(async () => {
    await api?.stop();
  });

  it('is allowed for services and superusers only', async () => {
    const body = { email: 'ada@example.com', name: 'Ada' };
    const stranger = await api.post('/users', body);
    expectProblem(stranger, 401, 'auth.unauthenticated');
    expect((await api.post('/users', body, service)).status).toBe(201);
  });
});

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
