import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createUser, login, PASSWORD, signedIn } from '../support/accounts.js';
import { type Answer, bearer } from '../support/caller.js';
import { runCommand } from '../support/warm-process.js';
import { expectProblem } from '../support/http.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type RangeServer, sha1Of, startRangeServer } from '../support/range-server.js';
import { valueOf } from '../support/series.js';
import { type Api, testApi } from '../support/test-api.js';
import { signUp, uniqueEmail } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

const LEAKED = 'quartz-lantern-meadow-4';
const CLEAN = 'copper-window-orchid-9';
const REFUSAL = [{ pointer: '/password', detail: 'is known from a data breach' }];

const countOf = async (api: Api, result: string) =>
  valueOf((await api.get('/metrics')).text, `breach_checks_total{result="${result}"}`);

describe('a password known from a data breach', () => {
  let ranges: RangeServer;
  let mails: MailService;
  let api: Api;
  let twin: Api;

  beforeAll(async () => {
    [ranges, mails] = await Promise.all([startRangeServer(), startMailService()]);
    const described = testApi().withMails(mails).with({ BREACH_CHECK: ranges.url });
    api = await described.start();
    twin = await described.on(api.database).start();
    ranges.add(LEAKED);
  });

  beforeEach(() => ranges.behave('list'));

  afterAll(async () => {
    await twin?.stop();
    await api?.stop();
    await Promise.all([ranges?.stop(), mails?.stop()]);
  });

  const refused = (answer: Answer) =>
    expect(expectProblem(answer, 400, 'request.invalid')).toEqual(REFUSAL);
  const audited = (id: string) =>
    api.database.query(
      `SELECT FROM audit_log WHERE action = 'auth.password-breached' AND target_id = $1`,
      [id],
    );
  const warnings = (to: string) =>
    mails.deliveries.filter(({ body }) => body.to === to && body.template === 'password_breached');

  it('is refused at sign-up, in whatever Unicode form', async () => {
    ranges.add('caf\u00E9 quartz lantern');
    for (const password of [LEAKED, 'caf\u00E9 quartz lantern', 'cafe\u0301 quartz lantern'])
      refused(await api.as('service').post('/users', signUp({ password })));
    const { status } = await api.as('service').post('/users', signUp({ password: CLEAN }));
    expect(status).toBe(201);
  });

  it('is refused at a reset, whose token stays valid', async () => {
    const { email } = await createUser(api);
    await api.post('/auth/password/forgot', { email });
    const { token } = (await mails.mailed(email, 'password_reset')).variables;
    refused(await api.post('/auth/password/reset', { token, password: LEAKED }));
    expect((await api.post('/auth/password/reset', { token, password: CLEAN })).status).toBe(204);
  });

  it('is refused at a change', async () => {
    const { id, tokens } = await signedIn(api);
    const change = (password: string) =>
      api.request(`/users/${id}`, {
        method: 'PATCH',
        headers: bearer(tokens.access_token),
        body: { password, current_password: PASSWORD },
      });
    refused(await change(LEAKED));
    expect((await change(CLEAN)).status).toBe(200);
  });

  it('is refused for a superuser', async () => {
    const create = (password: string) =>
      runCommand(
        ['createsuperuser', '--email', uniqueEmail(), '--password-stdin'],
        { DATABASE_URL: api.database.url, BREACH_CHECK: ranges.url },
        { input: password },
      );
    // A process that starts on a busy machine may wait in vain for the list, and goes on without.
    const { code, stderr } = await waitFor('an answer of the list in time', async () => {
      const ended = await create(LEAKED);
      return !ended.stderr.includes('breach unavailable') && ended;
    });
    expect([code, stderr]).toEqual([2, '--password is known from a data breach\n']);
    expect((await create(CLEAN)).code).toBe(0);
  });

  it('is told to its user once, of however many sign-ins', async () => {
    const password = 'bamboo-harbour-violin-3';
    const { id, email } = await createUser(api, { password });
    ranges.add(password);
    // A busy process refuses some of them, which then come again.
    const signIns = Array.from({ length: 16 }, (_, n) =>
      waitFor('a sign-in', async () => {
        const { status } = await login(n % 2 === 0 ? api : twin, email, password);
        return status !== 503 && status;
      }),
    );
    expect(new Set(await Promise.all(signIns))).toEqual(new Set([200]));
    const mail = await mails.mailed(email, 'password_breached');
    // Anybody could have entered the name: the address is unconfirmed.
    expect(mail).toEqual({ to: email, template: 'password_breached', variables: { locale: 'en' } });

    const next = 'walnut-comet-saddle-8';
    await api.post('/auth/password/forgot', { email });
    const { token } = (await mails.mailed(email, 'password_reset')).variables;
    await api.post('/auth/password/reset', { token, password: next });
    ranges.add(next);
    await login(api, email, next);
    await mails.mailed(email, 'password_breached', 2);
    expect(await audited(id)).toHaveLength(2);
    expect(warnings(email)).toHaveLength(2);
    const { body } = await api.as('service').get(`/users/${id}/export`);
    expect(body['breached_passwords']).toEqual([{ found_at: expect.any(String) as string }]);
  });

  it('is counted, and leaves no trace of its hash', async () => {
    const [clean, breached] = [await countOf(api, 'clean'), await countOf(api, 'breached')];
    await api.as('service').post('/users', signUp({ password: LEAKED }));
    await api.as('service').post('/users', signUp({ password: CLEAN }));
    expect(await countOf(api, 'clean')).toBe(clean + 1);
    expect(await countOf(api, 'breached')).toBe(breached + 1);
    for (const text of [api.output(), (await api.get('/metrics')).text])
      expect(text).not.toContain(sha1Of(LEAKED).slice(0, 5));
  });

  it.each([
    ['hangs', 'hang'],
    ['fails', { status: 503 }],
    ['answers something else', { status: 200, body: '<html>' }],
  ] as const)('is accepted while the service %s', async (_what, conduct) => {
    const before = await countOf(twin, 'unavailable');
    ranges.behave(conduct);
    const { status } = await twin.as('service').post('/users', signUp({ password: LEAKED }));
    expect(status).toBe(201);
    expect(await countOf(twin, 'unavailable')).toBe(before + 1);
  });

  it('is looked up in a file as well, and accepted without the file', async () => {
    const path = join(api.dataDir, 'breaches.txt');
    writeFileSync(
      path,
      `${'0'.repeat(40)}:1\r\n${sha1Of(LEAKED)}:7\r\n`.split('\r\n').toSorted().join('\n'),
    );
    const other = await testApi()
      .withMails('log')
      .with({ BREACH_CHECK: `file:${path}` })
      .on(api.database)
      .start();
    try {
      const signingUp = (password: string) =>
        other.as('service').post('/users', signUp({ password }));
      refused(await signingUp(LEAKED));
      expect((await signingUp(CLEAN)).status).toBe(201);
      rmSync(path);
      expect((await signingUp(LEAKED)).status).toBe(201);
      expect(await countOf(other, 'unavailable')).toBe(1);
      await waitFor('the log line', () =>
        other.logs.some(({ message }) => message === 'breach unavailable'),
      );
    } finally {
      await other.stop();
    }
  });
});
