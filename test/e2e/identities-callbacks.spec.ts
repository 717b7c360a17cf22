import { PASSWORD, signedIn } from '../support/accounts.js';
import { freePort } from '../support/free-port.js';
import { expectProblem } from '../support/http.js';
import { newPerson, throughProvider } from '../support/identities.js';
import {
  CLIENT_SECRET,
  type Draft,
  foreignKey,
  type OidcServer,
  startOidcServer,
} from '../support/oidc-server.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

let server: OidcServer;
let twin: OidcServer;
let api: Api;
let through: ReturnType<typeof throughProvider>;

beforeAll(async () => {
  [server, twin] = await Promise.all([startOidcServer(), startOidcServer()]);
  const nowhere = `http://127.0.0.1:${await freePort()}`;
  api = await testApi()
    .withoutJobs()
    .with({
      CORS_ORIGINS: 'https://app.example.com',
      OIDC_PROVIDERS: JSON.stringify([
        server.settings('mock'),
        twin.settings('twin'),
        server.settings('away', { issuer: nowhere }),
        server.settings('stranger', { client_secret: 'not the secret of this client' }),
      ]),
    })
    .start();
  through = throughProvider(server);
});

afterEach(() => {
  server.tamper();
  server.hang(false);
});

afterAll(async () => {
  await api?.stop();
  await Promise.all([server?.stop(), twin?.stop()]);
});

const expectRefused = async (answer: ReturnType<typeof through.go>) =>
  expectProblem(await answer, 400, 'auth.invalid-token');
const asked = (path: string) => server.requests.filter((each) => each === path).length;

const forgeries: readonly (readonly [string, (draft: Draft) => void])[] = [
  ['of another issuer', ({ claims }) => (claims['iss'] = 'https://evil.example')],
  ['for another client', ({ claims }) => (claims['aud'] = 'another-client')],
  [
    'for several clients, not made for this one',
    ({ claims }) => {
      claims['aud'] = ['user-api', 'another-client'];
      claims['azp'] = 'another-client';
    },
  ],
  ['that has expired', ({ claims }) => (claims['exp'] = Number(claims['iat']) - 3600)],
  ['with a foreign nonce', ({ claims }) => (claims['nonce'] = 'of-another-sign-in')],
  ['without a nonce', ({ claims }) => delete claims['nonce']],
  ['without a subject', ({ claims }) => delete claims['sub']],
  ['that is not signed', ({ header }) => (header['alg'] = 'none')],
  ['signed by another key under the same id', (draft) => (draft.key = foreignKey())],
  ['signed by a key that nobody knows', ({ header }) => (header['kid'] = 'unknown')],
];

describe('a callback', () => {
  it.each(forgeries)('is refused with an ID token %s', async (_name, forge) => {
    server.tamper(forge);
    await expectRefused(through.go(api, newPerson()));
  });

  it('counts once', async () => {
    const { token, callback } = await through.begin(api, newPerson());
    expect((await through.exchange(api, token, callback)).status).toBe(200);
    await expectRefused(through.exchange(api, token, callback));
  });

  it('counts for its own start only', async () => {
    const [one, other] = [
      await through.begin(api, newPerson()),
      await through.begin(api, newPerson()),
    ];
    await expectRefused(through.exchange(api, one.token, other.callback));
    expect((await through.exchange(api, one.token, one.callback)).status).toBe(200);
    await expectRefused(through.exchange(api, 'made-up', other.callback));
  });

  it('counts for its own provider only', async () => {
    const mixed = await through.begin(api, newPerson());
    await expectRefused(throughProvider(twin, 'twin').exchange(api, mixed.token, mixed.callback));
    const { token, callback } = await through.begin(api, newPerson());
    const elsewhere = new URL(callback);
    elsewhere.searchParams.set('iss', twin.issuer);
    await expectRefused(through.exchange(api, token, elsewhere.href));
    const silent = await through.begin(api, newPerson());
    const anonymous = new URL(silent.callback);
    anonymous.searchParams.delete('iss');
    await expectRefused(through.exchange(api, silent.token, anonymous.href));
  });

  it.each([
    ['another page', (url: URL) => (url.pathname = '/elsewhere')],
    ['another origin', (url: URL) => (url.hostname = 'evil.example')],
    ['no code', (url: URL) => url.searchParams.delete('code')],
    ['two codes', (url: URL) => url.searchParams.append('code', 'other')],
    ['a wrong code', (url: URL) => url.searchParams.set('code', 'wrong')],
    ['a refusal', (url: URL) => url.searchParams.set('error', 'access_denied')],
  ])('is refused with %s', async (_name, change) => {
    const { token, callback } = await through.begin(api, newPerson());
    const url = new URL(callback);
    change(url);
    await expectRefused(through.exchange(api, token, url.href));
  });

  it('is too late after ten minutes', async () => {
    const { token, callback } = await through.begin(api, newPerson());
    await api.database.query('UPDATE oidc_states SET expires_at = now()');
    await expectRefused(through.exchange(api, token, callback));
  });
});

describe('a start', () => {
  it.each([
    'https://evil.example/callback',
    'https://app.example.com.evil.example/',
    'http://app.example.com/callback',
    'javascript:alert(1)',
    'https://app.example.com/callback?next=1',
    'https://app.example.com/callback#',
    `https://ada:${PASSWORD}@app.example.com/callback`,
    'https://ada@app.example.com/callback',
    '/callback',
  ])('refuses to lead back to %s', async (redirect_uri) => {
    const [fault] = expectProblem(
      await through.start(api, { redirect_uri }),
      400,
      'request.invalid',
    );
    expect(fault?.pointer).toBe('/redirect_uri');
  });

  it('asks for a code with PKCE, and tells nothing of the state token', async () => {
    const { body } = await through.start(api);
    const { searchParams } = new URL(body.authorization_url);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      scope: 'openid email profile',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
      nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
    expect(body.expires_in).toBe(600);
    expect(body.authorization_url).not.toContain(body.state_token);
  });

  it('knows no other providers', async () => {
    const unknown = throughProvider(server, 'unknown');
    expectProblem(await unknown.start(api), 404, 'request.not-found');
    expectProblem(await unknown.exchange(api, 't', 'https://a.example'), 404, 'request.not-found');
  });
});

describe('a provider', () => {
  it('is asked once for its endpoints and keys, and again for a new key', async () => {
    await through.go(api, newPerson());
    const [documents, keys] = [asked('/.well-known/openid-configuration'), asked('/jwks')];
    await through.go(api, newPerson());
    expect([asked('/.well-known/openid-configuration'), asked('/jwks')]).toEqual([documents, keys]);
    server.rotateKey();
    expect((await through.go(api, newPerson())).status).toBe(200);
    expect(asked('/jwks')).toBe(keys + 1);
  });

  it('that is away, or hangs, holds up nothing else', async () => {
    const away = throughProvider(server, 'away');
    expectProblem(await away.start(api), 503, 'dependency.unavailable');
    const { token, callback } = await through.begin(api, newPerson());
    server.hang(true);
    const hanging = through.exchange(api, token, callback);
    expect((await throughProvider(twin, 'twin').go(api, newPerson())).status).toBe(200);
    expect((await signedIn(api)).tokens.access_token).toBeTruthy();
    expectProblem(await hanging, 503, 'dependency.unavailable');
    expect((await api.get('/ready')).status).toBe(200);
    const { text } = await api.get('/metrics');
    expect(text).toMatch(/dependency_calls_total\{name="oidc_away",result="failure"\} [1-9]/);
    expect(text).toMatch(/dependency_calls_total\{name="oidc_mock",result="timeout"\} [1-9]/);
  });

  it('that stops is away for the next start', async () => {
    await throughProvider(twin, 'twin').go(api, newPerson());
    await twin.stop();
    expectProblem(await throughProvider(twin, 'twin').start(api), 503, 'dependency.unavailable');
  });

  it('that refuses the client is named in the log, without a secret', async () => {
    const stranger = throughProvider(server, 'stranger');
    const { token, callback } = await stranger.begin(api, newPerson());
    await expectRefused(stranger.exchange(api, token, callback));
    const line = await waitFor('the line about the client', () =>
      api.logs.find(({ provider }) => provider === 'stranger'),
    );
    expect(line).toMatchObject({
      level: 'WARN',
      message: 'answer of identity provider refused',
      reason: 'OAUTH_WWW_AUTHENTICATE_CHALLENGE',
    });
    const output = JSON.stringify(api.logs);
    const code = String(new URL(callback).searchParams.get('code'));
    for (const secret of [CLIENT_SECRET, 'not the secret of this client', token, code])
      expect(output).not.toContain(secret);
  });
});
