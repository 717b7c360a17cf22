import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createUser, login, PASSWORD, superuser } from '../support/accounts.js';
import { asService } from '../support/caller.js';
import { expectProblem } from '../support/http.js';
import type { Service } from '../support/service.js';
import { cli } from '../support/cli.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { testApi } from '../support/test-api.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { signUp } from '../support/users.js';
import { waitFor } from '../support/wait-for.js';

/** Each asks for what the locale would fold another way: I is no capital i in Turkish. */
const WRONG = 'wrong-kettle-armada-7';

describe('in a database whose locale folds I to ı', () => {
  let database: TestDatabase;
  let mails: MailService;
  let service: Service;
  let strict: Service;

  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false, locale: 'tr-TR' });
    expect(await cli(['migrate'], { DATABASE_URL: database.url })).toMatchObject({ code: 0 });
    mails = await startMailService();
    const api = testApi().on(database).withMails(mails);
    [service, strict] = await Promise.all([
      api.with({ LOCKOUT_THRESHOLD: '2' }).start(),
      api.withoutJobs().with({ SIGNUP_DISCLOSURE: 'false' }).start(),
    ]);
  });

  afterAll(async () => {
    await Promise.all([service?.stop(), strict?.stop()]);
    await mails?.stop();
    await database?.drop();
  });

  const post = (path: string, body: object, headers = {}) => service.post(path, body, headers);
  const list = async (query: string) => {
    const { body } = await service
      .as('service')
      .get<{ items: { id: string }[] }>(`/users?${query}`);
    return body.items.map(({ id }) => id);
  };
  const mailsTo = (to: string, template: string) =>
    mails.deliveries.filter(({ body }) => body.to === to && body.template === template);

  it('accepts every spelling of an address at sign-in, and signs it up once', async () => {
    await createUser(service, { email: 'INFO@EXAMPLE.COM' });
    for (const email of ['INFO@EXAMPLE.COM', 'info@example.com', 'iNfO@eXaMpLe.CoM'])
      expect((await login(service, email)).status).toBe(200);
    const again = await post('/users', signUp({ email: 'info@example.com' }));
    expectProblem(again, 409, 'users.email-taken');
  });

  it('signs an address up once for concurrent requests', async () => {
    const answers = await Promise.all(
      ['TWIN@INN.EXAMPLE', 'twin@inn.example', 'Twin@Inn.example', 'tWIN@iNN.eXample'].map(
        (email) => post('/users', signUp({ email })),
      ),
    );
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual([
      '201',
      '409',
      '409',
      '409',
    ]);
  });

  it('mails the owner at a sign-up under another spelling, where sign-up discloses nothing', async () => {
    await createUser(service, { email: 'QUIET@INN.EXAMPLE' });
    const body = signUp({ email: 'quiet@inn.example' });
    expect((await strict.post('/users', body)).status).toBe(202);
    await waitFor('the mail', () => mailsTo('QUIET@INN.EXAMPLE', 'account_exists').length === 1);
  });

  it('counts wrong passwords of all spellings together', async () => {
    await createUser(service, { email: 'IVI@INN.EXAMPLE' });
    for (const email of ['IVI@INN.EXAMPLE', 'ivi@inn.example'])
      expectProblem(await login(service, email, WRONG), 401, 'auth.invalid-credentials');
    expectProblem(await login(service, 'iVi@iNN.example'), 401, 'auth.invalid-credentials');
  });

  it('mails a reset to the account of any spelling, which lifts its lock', async () => {
    const { id } = await createUser(service, { email: 'RESIT@INN.EXAMPLE' });
    for (let count = 0; count < 3; count += 1) await login(service, 'resit@inn.example', WRONG);
    expect((await post('/auth/password/forgot', { email: 'resit@INN.example' })).status).toBe(202);
    const mail = await waitFor('the mail', () => mailsTo('RESIT@INN.EXAMPLE', 'password_reset')[0]);
    const reset = { token: mail.body.variables.token, password: WRONG };
    expect((await post('/auth/password/reset', reset)).status).toBe(204);
    expect((await login(service, 'resit@inn.example', WRONG)).status).toBe(200);
    const { body } = await service.as('service').get(`/users/${id}/export`);
    expect(body['sign_in_failures']).toEqual([]);
  });

  it('treats another spelling of the own address as unchanged, and of another user’s address as taken', async () => {
    const { id } = await createUser(service, { email: 'move@inn.example' });
    await database.query('UPDATE users SET email_verified = true WHERE id = $1', [id]);
    const owner = await superuser(service, database);
    const patch = (email: string) => service.as(owner).patch(`/users/${id}`, { email });
    expect((await patch('MOVE@INN.EXAMPLE')).body).toMatchObject({
      email: 'MOVE@INN.EXAMPLE',
      email_verified: true,
    });
    await createUser(service, { email: 'INN@INN.EXAMPLE' });
    expectProblem(await patch('inn@inn.example'), 409, 'users.email-taken');
  });

  it('filters and searches by any spelling', async () => {
    const { id } = await createUser(service, { email: 'FIND-I@INN.EXAMPLE' });
    for (const query of ['email=find-i@inn.example', 'q=find-i', 'q=FIND-I', 'q=find-i%40INN'])
      expect(await list(query)).toEqual([id]);
  });

  it('finds names as Unicode folds them', async () => {
    const ids = await Promise.all(
      ['ISTANBUL Ingrid', 'élan Vital', 'ΟΔΥΣΣΕΑΣ'].map(
        async (name) => (await post('/users', signUp({ name }), asService)).body['id'] as string,
      ),
    );
    for (const [q, index] of [
      ['istanbul i', 0],
      ['ISTANBUL I', 0],
      ['ÉLAN', 1],
      ['e\u0301lan', 1],
      ['οδυσ', 2],
      ['ΟΔΥΣ', 2],
    ] as const)
      expect(await list(`q=${encodeURIComponent(q)}`)).toEqual([ids[index]]);
  });

  it('imports an address once and promotes it by any spelling', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'turkish-'));
    try {
      const file = join(folder, 'users.csv');
      writeFileSync(file, 'email,name\nIMPORT@INN.EXAMPLE,I\nimport@inn.example,i\n');
      const env = { DATABASE_URL: database.url };
      for (const rehearsal of [['--dry-run'], []]) {
        const { stdout } = await cli(['users', 'import', file, '--json', ...rehearsal], env);
        expect(JSON.parse(stdout)).toMatchObject({ imported: 1, skipped: 1 });
      }
      const args = ['createsuperuser', '--email', 'Import@inn.example', '--json'];
      const taken = await cli([...args, '--password', PASSWORD], env);
      expect([taken.code, taken.stderr]).toEqual([1, expect.stringContaining('--promote')]);
      const promoted = await cli([...args, '--promote'], env);
      expect(JSON.parse(promoted.stdout)).toMatchObject({ outcome: 'promoted' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
