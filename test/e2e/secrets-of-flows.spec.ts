import { createUser, login, PASSWORD, signedIn } from '../support/accounts.js';
import { createKey, type IssuedKey, KEYS } from '../support/api-keys.js';
import { loginFactor, loginToken, userWithApp } from '../support/factors.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { type OidcServer, startOidcServer } from '../support/oidc-server.js';
import { oneTimeValues, settingsFor } from '../support/one-time-values.js';
import { type OtlpReceiver, startOtlpReceiver } from '../support/otlp-receiver.js';
import { appearsIn, recordSecrets, type SeenSecrets } from '../support/seen-secrets.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

/** All flows one after another: seconds where a machine has nothing else to do. */
const PATIENT_MS = 180_000;
let mails: MailService;
let provider: OidcServer;
let receiver: OtlpReceiver;
let api: Api;
let seen: SeenSecrets;

/** Ways to prove who one is that are no value for one use. */
const flows: Readonly<Record<string, () => Promise<unknown>>> = {
  'wrong passwords and a device token': async () => {
    const { email, tokens } = await signedIn(api);
    await login(api, email, 'wrong-password-here');
    await login(api, email, PASSWORD, { 'x-device-token': tokens.device_token });
    await login(api, email, PASSWORD, { 'x-device-token': `${tokens.device_token}x` });
  },
  'a changed password': async () => {
    const user = await signedIn(api);
    const change = { password: 'another-long-passphrase', current_password: PASSWORD };
    await api.as(user).patch(`/users/${user.id}`, change);
    await api.as(user).patch(`/users/${user.id}`, { ...change, password: 'password1234' });
  },
  'wrong factors and a step-up': async () => {
    const user = await userWithApp(api);
    const token = await loginToken(api, user.email);
    await loginFactor(api, token, { code: '918273' });
    await loginFactor(api, token, { recovery_code: 'K7QF-0A1B-XYZ2-9MNS' });
    await user.stepUp('wrong-code-of-mine-0');
    await user.stepUp(user.recoveryCodes[0]);
    await user.renewCodes();
    await user.start();
    await user.confirm(user.appId, '918273');
  },
  'API keys': async () => {
    const key = await createKey(api, ['users:read', 'admin:api-keys']);
    const { id } = await createUser(api);
    await api.as(key).get(`/users/${id}`);
    const { body } = await api.as(key).post<IssuedKey>(`${KEYS}/${key.id}/rotate`);
    await api.as(body).delete(`${KEYS}/${key.id}`);
    await api.as(body).get(`/users/${id}`);
    await api.as({ key: `${key.key}x` }).get(`/users/${id}`);
  },
  'a token that is no token': () => api.as('no-token-of-ours.at-all.0').get('/users/me'),
};

/** Makes a value, uses it, and tries to use it again. */
async function useTwice({ make }: (typeof oneTimeValues)[number]): Promise<void> {
  const use = await make({ api, mails, provider, callers: 1 });
  await use(api, 0);
  await use(api, 0);
}

beforeAll(async () => {
  [mails, provider, receiver] = await Promise.all([
    startMailService(),
    startOidcServer(),
    startOtlpReceiver(),
  ]);
  api = await testApi()
    .withMails(mails)
    .with({
      ...settingsFor(provider),
      LOG_LEVEL: 'TRACE',
      LOG_CALLER: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
    })
    .start();
  seen = recordSecrets();
  for (const value of oneTimeValues) await useTwice(value);
  for (const walk of Object.values(flows)) await walk();
  const { headers } = await api.get('/.well-known/jwks.json');
  const last = headers.get('x-request-id') ?? '';
  await waitFor('all log lines', () => api.output().includes(last));
  await waitFor('all spans', () => receiver.text().includes('/.well-known/jwks.json'));
}, PATIENT_MS);

afterAll(async () => {
  seen?.stop();
  await api?.stop();
  await Promise.all([receiver?.stop(), provider?.stop(), mails?.stop()]);
});

describe('of all secrets of all ways to prove who one is', () => {
  /** Those that a text has in it. */
  const foundIn = (text: string) =>
    [...seen.all(mails)].filter((secret) => appearsIn(text, secret));
  const addressesIn = (text: string) =>
    [...new Set(mails.deliveries.map(({ body }) => body.to))].filter((to) => text.includes(to));

  it('many were seen', () => {
    expect(seen.all(mails).size).toBeGreaterThan(100);
    expect([...seen.all(mails)]).toEqual(expect.arrayContaining([PASSWORD, '918273']));
  });

  it('none is in a log line, and no address is', () => {
    expect(foundIn(api.output())).toEqual([]);
    expect(addressesIn(api.output())).toEqual([]);
  });

  it('none is in a span or an exported metric, and no address is', () => {
    expect(receiver.spans.length).toBeGreaterThan(100);
    expect(foundIn(receiver.text())).toEqual([]);
    expect(addressesIn(receiver.text())).toEqual([]);
  });

  it('none is in a metric', async () => {
    expect(foundIn((await api.get('/metrics')).text)).toEqual([]);
  });

  it('none is repeated by the answer that refuses it', () => {
    expect(seen.repeated).toEqual([]);
  });

  it('none is in the database in clear', async () => {
    const tables = await api.database.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
        WHERE schemaname IN ('public', 'pgboss')`,
    );
    expect(tables.length).toBeGreaterThan(10);
    for (const { name } of tables) {
      const rows = await api.database.query<{ row: string }>(
        `SELECT t::text AS row FROM ${name} t`,
      );
      expect([name, foundIn(rows.map(({ row }) => row).join('\n'))]).toEqual([name, []]);
    }
  });
});
