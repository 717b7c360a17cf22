import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createUser, login, PASSWORD, refresh, signedIn, superuser } from '../support/accounts.js';
import { bearer } from '../support/caller.js';
import { runCommand } from '../support/warm-process.js';
import { userWithApp } from '../support/factors.js';
import { expectProblem } from '../support/http.js';
import { describeOnNats } from '../support/installed.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type Consumption, type NatsServer, startNats } from '../support/nats-server.js';
import { type PaymentServer, startPaymentServer } from '../support/payment-service.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';
import { eventDefinitions } from '../../src/bootstrap/declarations.module.js';

const ROOT = join(import.meta.dirname, '../..');
const definitions = new Map(eventDefinitions.map(({ type, data }) => [type, data]));
const NEXT = 'another-long-passphrase';

describeOnNats('events of users', () => {
  let nats: NatsServer;
  let mails: MailService;
  let payments: PaymentServer;
  let api: Api;
  let stream: Consumption;
  let env: Record<string, string>;

  beforeAll(async () => {
    [nats, mails, payments] = await Promise.all([
      startNats(),
      startMailService(),
      startPaymentServer(),
    ]);
    env = { EVENTS_URL: nats.url };
    api = await testApi(env).withMails(mails).withPayments(payments).start();
    await createUser(api);
    stream = await nats.consume();
  });

  afterAll(async () => {
    await api?.stop();
    await payments?.close();
    await mails?.stop();
    await nats?.stop();
  });

  const told = (userId: string) => stream.events.filter(({ subject }) => subject === userId);
  const typesOf = (userId: string) => told(userId).map(({ type }) => type);

  /** Waits until exactly these types were told of a user. */
  async function expectTypes(userId: string, types: readonly string[]): Promise<void> {
    await waitFor(`${types.length} events`, () => told(userId).length >= types.length);
    expect(typesOf(userId)).toEqual(types);
  }

  const tokenOf = async (email: string, template: string) =>
    (await mails.mailed(email, template)).variables.token;
  const command = (args: string[]) =>
    runCommand(args, { DATABASE_URL: api.database.url, DATA_DIR: api.dataDir, ...env });

  it('are CloudEvents with subject and id of their message, in order', async () => {
    const { id } = await createUser(api);
    await api.as('service').patch(`/users/${id}`, { name: 'Grace' });
    await expectTypes(id, ['user.created', 'user.updated']);
    const [first, second] = told(id);
    expect(first).toEqual({
      specversion: '1.0',
      id: expect.stringMatching(/^[0-9a-f-]{14}7/),
      source: expect.stringMatching(/^http:\/\/localhost:\d+$/),
      type: 'user.created',
      subject: id,
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      datacontenttype: 'application/json',
      dataschema: expect.stringMatching(/^http:.*\/events\/schemas\/user\.created\.json$/),
      sequence: '00000000000000000001',
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-/),
      data: { user_id: id, version: 1 },
    });
    expect(second).toMatchObject({
      sequence: '00000000000000000002',
      data: { user_id: id, version: 2, changed: ['name'] },
    });
    const place = stream.events.findIndex((event) => event.id === first?.id);
    expect(stream.subjects[place]).toBe('users.user.created');
    expect(stream.messageIds[place]).toBe(first?.id);
  });

  it('tell of status, tier and role with the old and the new one, and of ended sessions', async () => {
    const { id } = await signedIn(api);
    const admin = await superuser(api, api.database);
    await api.as('service').patch(`/users/${id}`, { status: 'suspended' });
    await api.as('service').post(`/users/${id}/tier`, { tier: 'pro' });
    await api.as('service').post(`/users/${id}/tier`, { tier: 'free' });
    await api.as(admin).patch(`/users/${id}`, { role: 'superuser', name: 'Grace' });
    await expectTypes(id, [
      'user.created',
      'session.started',
      'user.status-changed',
      'session.ended',
      'user.tier-changed',
      'user.tier-changed',
      'user.updated',
      'user.role-changed',
    ]);
    expect(told(id).map(({ data: { old, new: now, version } }) => [version, old, now])).toEqual([
      [1, undefined, undefined],
      [1, undefined, undefined],
      [2, 'active', 'suspended'],
      [2, undefined, undefined],
      [3, 'free', 'pro'],
      [4, 'pro', 'free'],
      [5, undefined, undefined],
      [5, 'user', 'superuser'],
    ]);
  });

  it('tell of addresses, passwords and each way a session ends', async () => {
    const { id, email, tokens } = await signedIn(api);
    const own = bearer(tokens.access_token);
    const other = `${randomUUID()}@example.com`;
    await api.post('/auth/verify-email', { token: await tokenOf(email, 'welcome') });
    await api.patch(`/users/${id}`, { email: other, current_password: PASSWORD }, own);
    await api.patch(`/users/${id}`, { password: NEXT, current_password: PASSWORD }, own);
    const again = (await login(api, other, NEXT)).body;
    await api.as(again.access_token).post('/auth/logout');
    await login(api, other, NEXT);
    await api.as(tokens.access_token).delete('/auth/sessions');
    await api.as('service').delete(`/users/${id}/sessions`);
    await api.post('/auth/password/forgot', { email: other });
    await api.post('/auth/password/reset', {
      token: await tokenOf(other, 'password_reset'),
      password: PASSWORD,
    });
    await api.as('service').delete(`/users/${id}`);
    await expectTypes(id, [
      'user.created',
      'session.started',
      'user.email-verified',
      'user.email-changed',
      'password.changed',
      'session.started',
      'session.ended',
      'session.started',
      'session.ended',
      'session.ended',
      'user.email-verified',
      'password.changed',
      'user.deleted',
    ]);
    expect(JSON.stringify(told(id))).not.toMatch(/example\.com|argon2|passphrase/);
  });

  it('tell of a session that a replayed refresh token ends', async () => {
    const { id, tokens } = await signedIn(api);
    const next = (await refresh(api, tokens.refresh_token)).body;
    await refresh(api, next.refresh_token);
    await api.database.query(`UPDATE refresh_tokens SET used_at = used_at - interval '1 minute'`);
    expect((await refresh(api, tokens.refresh_token)).status).toBe(401);
    await expectTypes(id, ['user.created', 'session.started', 'session.ended']);
  });

  it('tell of factors', async () => {
    const user = await userWithApp(api);
    await user.stepUp(user.recoveryCodes[0]);
    await user.remove(user.appId);
    await expectTypes(user.id, [
      'user.created',
      'session.started',
      'factor.added',
      'factor.removed',
    ]);
    expect(told(user.id).at(-1)?.data).toMatchObject({
      factor_id: user.appId,
      factor_type: 'totp',
    });
  });

  it('tell of users that commands make, change and erase', async () => {
    const file = join(api.dataDir, 'users.csv');
    const [imported, made] = [`${randomUUID()}@example.com`, `${randomUUID()}@example.com`];
    writeFileSync(file, `email,name\n${imported},Ada\n`);
    expect(await command(['users', 'import', file])).toMatchObject({ code: 0 });
    const create = ['createsuperuser', '--email', made, '--password', PASSWORD];
    expect(await command(create)).toMatchObject({ code: 0 });
    const idOf = async (email: string) =>
      (
        await api.database.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [email])
      )[0]?.id ?? '';
    const [first, second] = [await idOf(imported), await idOf(made)];
    await command(['createsuperuser', '--email', imported, '--password', PASSWORD, '--promote']);
    await api.as('service').delete(`/users/${first}`);
    expect(await command(['cleanup', '--days', '0'])).toMatchObject({ code: 0 });
    await expectTypes(first, ['user.created', 'user.role-changed', 'user.deleted', 'user.erased']);
    await expectTypes(second, ['user.created']);
    const left = await api.database.query('SELECT FROM event_counters WHERE user_id = $1', [first]);
    expect(left).toEqual([]);
  });

  it('have a public JSON Schema each, at the address that they name', async () => {
    const types = new Set(stream.events.map(({ type }) => type));
    expect(types.size).toBe(14);
    for (const type of types) {
      const { status, body } = await api.get(`/events/schemas/${type}.json`);
      expect([status, body]).toEqual([
        200,
        JSON.parse(readFileSync(join(ROOT, 'docs/events', `${type}.json`), 'utf8')),
      ]);
    }
    for (const { type, data } of stream.events)
      expect(definitions.get(type)?.safeParse(data)).toMatchObject({ data });
    expectProblem(await api.get('/events/schemas/no.such.json'), 404, 'request.not-found');
    expectProblem(await api.get('/events/schemas/user.created'), 400, 'request.invalid');
  });

  it('are shown by commands as they are stored', async () => {
    const { id } = await createUser(api);
    await expectTypes(id, ['user.created']);
    const since = ['--since', told(id)[0]?.time ?? '', '--limit', '1'];
    const tail = await command(['events', 'tail', '--json', ...since]);
    expect(JSON.parse(tail.stdout)).toMatchObject({ type: 'user.created', subject: id });
    const status = await command(['events', 'status', '--json']);
    expect(JSON.parse(status.stdout)).toEqual({
      destinations: [{ destination: 'nats', waiting: 0, oldest_seconds: 0 }],
      relays: 1,
      oldest_event: expect.stringMatching(/Z$/),
    });
  });

  it('leave out no version of any user', async () => {
    const untold = await api.database.query(
      `SELECT u.id, v AS version FROM users u CROSS JOIN generate_series(1, u.version) AS v
        WHERE NOT EXISTS (SELECT FROM events e WHERE e.user_id = u.id AND (e.data->>'version')::int = v)`,
    );
    expect(untold).toEqual([]);
  });
});
