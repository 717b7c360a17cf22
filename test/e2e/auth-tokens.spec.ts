import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

import { me, signedIn, type Tokens } from '../support/accounts.js';
import { API_KEY, asService } from '../support/caller.js';
import type { Service } from '../support/service.js';
import { testApi } from '../support/test-api.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const SECRET = 'first-secret-of-at-least-32-bytes!!!';
const SECOND = 'second-secret-of-at-least-32-bytes!!';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (part = '') =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
const hmac = (input: string, secret: string, digest = 'sha256') =>
  createHmac(digest, secret).update(input).digest('base64url');

/** A token with parts changed, signed with a secret. */
function forge(
  token: string,
  {
    header = {},
    claims = {},
    secret = SECRET,
    digest = 'sha256',
  }: { header?: object; claims?: object; secret?: string; digest?: string },
): string {
  const [head, payload] = token.split('.');
  const input = `${encode({ ...decode(head), ...header })}.${encode({ ...decode(payload), ...claims })}`;
  return `${input}.${hmac(input, secret, digest)}`;
}

let database: TestDatabase;
let service: Service;
let user: { id: string; tokens: Tokens };
let stranger: { id: string; tokens: Tokens };

beforeAll(async () => {
  database = await createTestDatabase();
  service = await testApi()
    .on(database)
    .with({ JWT_SECRET: `${SECRET},${SECOND}` })
    .start();
  user = await signedIn(service);
  stranger = await signedIn(service);
});

afterAll(async () => {
  await service?.stop();
  await database?.drop();
});

describe('access tokens', () => {
  it('carry the documented claims', () => {
    const [head, payload] = user.tokens.access_token.split('.');
    expect(decode(head)).toEqual({ alg: 'HS256', typ: 'at+jwt' });
    const claims = decode(payload);
    expect(claims).toEqual({
      sub: user.id,
      sid: expect.any(String),
      role: 'user',
      cv: 1,
      iss: 'cloudnative-user-api',
      aud: 'cloudnative-user-api',
      iat: expect.any(Number),
      nbf: claims['iat'],
      exp: Number(claims['iat']) + 900,
      jti: expect.any(String),
    });
    expect(user.tokens).toMatchObject({ token_type: 'Bearer', expires_in: 900 });
  });

  it('are verified with any of the secrets', async () => {
    expect((await me(service, forge(user.tokens.access_token, {}))).status).toBe(200);
    expect((await me(service, forge(user.tokens.access_token, { secret: SECOND }))).status).toBe(
      200,
    );
  });

  it('are accepted from a replica whose clock is up to a minute ahead', async () => {
    const ahead = Math.floor(Date.now() / 1000) + 55;
    const token = forge(user.tokens.access_token, { claims: { iat: ahead, nbf: ahead } });
    expect((await me(service, token)).status).toBe(200);
  });

  it('are counted by the reason of their refusal only', async () => {
    const genuine = user.tokens.access_token;
    const now = Math.floor(Date.now() / 1000);
    const faulty: Record<string, string> = {
      malformed: 'a.b',
      signature: forge(genuine, { secret: 'another-secret-of-at-least-32-bytes!' }),
      issuer: forge(genuine, { claims: { iss: 'somebody-else' } }),
      audience: forge(genuine, { claims: { aud: 'somebody-else' } }),
      'not-yet-valid': forge(genuine, { claims: { nbf: now + 600 } }),
      expired: forge(genuine, { claims: { exp: now - 1 } }),
      'session-ended': forge(genuine, { claims: { sid: crypto.randomUUID() } }),
    };
    const counts = async () => {
      const { text } = await service.get('/metrics');
      const series = text.matchAll(/^tokens_refused_total\{reason="([^"]+)"[^}]*\} (\d+)$/gm);
      return Object.fromEntries(
        [...series].map(([, reason = '', count]) => [reason, Number(count)]),
      );
    };
    const before = await counts();
    expect(Object.keys(before).toSorted()).toEqual(Object.keys(faulty).toSorted());
    for (const [reason, token] of Object.entries(faulty)) {
      expect((await me(service, token)).status).toBe(401);
      before[reason] = Number(before[reason]) + 1;
      expect(await counts()).toEqual(before);
    }
  });

  it('are refused when forged in any known way', async () => {
    const genuine = user.tokens.access_token;
    const [head = '', payload = '', signature = ''] = genuine.split('.');
    const now = Math.floor(Date.now() / 1000);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
    const asymmetric = (header: object) => {
      const input = `${encode({ alg: 'ES256', typ: 'at+jwt', ...header })}.${payload}`;
      const bytes = sign('sha256', Buffer.from(input), {
        key: privateKey,
        dsaEncoding: 'ieee-p1363',
      });
      return `${input}.${bytes.toString('base64url')}`;
    };
    const none = (alg: string) => `${encode({ alg, typ: 'at+jwt' })}.${payload}.`;
    const tampered = encode({ ...decode(payload), role: 'superuser' });
    const huge = encode({ ...decode(payload), pad: 'x'.repeat(10_000) });
    const forgeries: Record<string, string> = {
      'alg none': none('none'),
      'alg None': none('None'),
      'alg nOnE with signature': `${encode({ alg: 'nOnE' })}.${payload}.${signature}`,
      'no signature': `${head}.${payload}.`,
      'two parts': `${head}.${payload}`,
      'four parts': `${genuine}.${signature}`,
      'other secret': forge(genuine, { secret: 'another-secret-of-at-least-32-bytes!' }),
      'empty secret': forge(genuine, { secret: '' }),
      HS384: forge(genuine, { header: { alg: 'HS384' }, digest: 'sha384' }),
      HS512: forge(genuine, { header: { alg: 'HS512' }, digest: 'sha512' }),
      expired: forge(genuine, { claims: { exp: now - 1 } }),
      'expires now': forge(genuine, { claims: { exp: now } }),
      'no expiry': forge(genuine, { claims: { exp: undefined } }),
      'expiry as text': forge(genuine, { claims: { exp: String(now + 900) } }),
      'not yet valid': forge(genuine, { claims: { nbf: now + 600 } }),
      'made in ten minutes': forge(genuine, { claims: { iat: now + 600 } }),
      'wrong issuer': forge(genuine, { claims: { iss: 'somebody-else' } }),
      'no issuer': forge(genuine, { claims: { iss: undefined } }),
      'wrong audience': forge(genuine, { claims: { aud: 'somebody-else' } }),
      'audience list': forge(genuine, { claims: { aud: ['cloudnative-user-api'] } }),
      'another user in the session': forge(genuine, { claims: { sub: stranger.id } }),
      'unknown session': forge(genuine, { claims: { sid: crypto.randomUUID() } }),
      'session that is no UUID': forge(genuine, { claims: { sid: "' OR 1=1 --" } }),
      'tampered payload': `${head}.${tampered}.${signature}`,
      'tampered signature': `${head}.${payload}.${signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`,
      'other last bits of the signature': `${genuine.slice(0, -1)}${nextCharacter(genuine.at(-1) ?? '')}`,
      'kid that is a path': forge(genuine, { header: { kid: '../../dev/null' }, secret: '' }),
      'kid that is SQL': forge(genuine, { header: { kid: "x' UNION SELECT 'a" }, secret: 'a' }),
      'kid with the right secret': forge(genuine, { header: { kid: 'first' } }),
      'key in the header': asymmetric({ jwk }),
      'key by address': asymmetric({ jku: 'http://127.0.0.1/jwks.json', kid: 'mine' }),
      'other type': forge(genuine, { header: { typ: 'JWT' } }),
      'critical extension': forge(genuine, { header: { crit: ['exp'] } }),
      'payload no JSON': withSignature(`${head}.${Buffer.from('[').toString('base64url')}`),
      'payload null': withSignature(`${head}.${encode(null)}`),
      'absurd size': withSignature(`${head}.${huge}`),
      'refresh token': user.tokens.refresh_token,
      'device token': user.tokens.device_token,
      empty: '',
    };
    const outcomes = await Promise.all(
      Object.entries(forgeries).map(async ([kind, token]) => [
        kind,
        (await me(service, token)).status,
      ]),
    );
    expect(Object.fromEntries(outcomes)).toEqual(
      Object.fromEntries(Object.keys(forgeries).map((kind) => [kind, 401])),
    );
    expect((await me(service, genuine)).status).toBe(200);
  });

  it('expire in time even when they are cached', async () => {
    const short = await testApi().on(database).with({ ACCESS_TOKEN_TTL: '2' }).start();
    try {
      const { tokens } = await signedIn(short);
      expect((await me(short, tokens.access_token)).status).toBe(200);
      const over = Number(decode(tokens.access_token.split('.')[1])['exp']) * 1000;
      // No condition to wait for but the clock itself.
      while (Date.now() < over) await me(short, tokens.access_token);
      expect((await me(short, tokens.access_token)).status).toBe(401);
    } finally {
      await short.stop();
    }
  });

  it('must be valid even on public routes and beside an API key', async () => {
    const wrong = { authorization: 'Bearer wrong' };
    const right = { authorization: `Bearer ${user.tokens.access_token}` };
    const statusOf = async (path: string, headers: Record<string, string>) =>
      (await service.get(path, headers)).status;
    expect(await statusOf('/health', wrong)).toBe(401);
    expect(await statusOf('/health', { authorization: 'Basic YTpi' })).toBe(401);
    expect(await statusOf(`/users/${user.id}`, { ...wrong, ...asService })).toBe(401);
    expect(await statusOf(`/users/${user.id}`, { ...right, 'x-api-key': 'wrong' })).toBe(401);
    expect(await statusOf(`/users/${user.id}`, { ...right, 'x-api-key': API_KEY })).toBe(200);
    // The narrower of the two decides.
    expect(await statusOf('/users', { ...right, 'x-api-key': API_KEY })).toBe(403);
  });
});

describe('with private keys', () => {
  const pem = (type: 'ed25519' | 'ec') =>
    (type === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('ed25519')
    ).privateKey
      .export({ type: 'pkcs8', format: 'pem' })
      .toString();

  describe('of two kinds', () => {
    const keys = { EdDSA: pem('ed25519'), ES256: pem('ec') };
    /** By what it signs with; it knows both. */
    let services: Record<keyof typeof keys, Service>;

    beforeAll(async () => {
      const start = (first: string, second: string) =>
        testApi()
          .on(database)
          .with({ JWT_SECRET: `${SECRET},${SECOND}`, JWT_PRIVATE_KEY: `${first}\n${second}` })
          .start();
      const [EdDSA, ES256] = await Promise.all([
        start(keys.EdDSA, keys.ES256),
        start(keys.ES256, keys.EdDSA),
      ]);
      services = { EdDSA, ES256 };
    });

    afterAll(() => Promise.all(Object.values(services ?? {}).map((each) => each.stop())));

    it.each([
      ['EdDSA', 'ES256'],
      ['ES256', 'EdDSA'],
    ] as const)('signs %s with the first and publishes all', async (alg, other) => {
      const one = keys[alg];
      const [asymmetric, rotated] = [services[alg], services[other]];
      const { tokens } = await signedIn(asymmetric);
      const header = decode(tokens.access_token.split('.')[0]);
      const { body } = await asymmetric.get<{ keys: Record<string, unknown>[] }>(
        '/.well-known/jwks.json',
      );
      expect(body.keys).toHaveLength(2);
      expect(JSON.stringify(body)).not.toContain('"d"');
      expect(header).toEqual({ alg, kid: body.keys[0]?.['kid'], typ: 'at+jwt' });
      expect((await me(asymmetric, tokens.access_token)).status).toBe(200);
      expect((await me(rotated, tokens.access_token)).status).toBe(200);
      // Nor does the public key serve as a secret; and the secrets sign under their own header only.
      const publicPem = createPublicKey(one).export({ type: 'spki', format: 'pem' }).toString();
      const underSecret = { alg: 'HS256', kid: undefined };
      const forgeries = [
        ...[publicPem, JSON.stringify(body.keys[0]), 'dev-secret-change-me', ''].flatMap((secret) =>
          [underSecret, { alg: 'HS256' }, { alg }].map((changed) => ({ header: changed, secret })),
        ),
        ...[SECRET, SECOND].flatMap((secret) =>
          [{ alg: 'HS256' }, { alg }, { alg, kid: undefined }].map((changed) => ({
            header: changed,
            secret,
          })),
        ),
        { header: underSecret, secret: SECRET, claims: { exp: 1 } },
        { header: underSecret, secret: SECRET, claims: { aud: 'somebody-else' } },
      ];
      for (const change of forgeries)
        expect([change, (await me(asymmetric, forge(tokens.access_token, change))).status]).toEqual(
          [change, 401],
        );
      // Whoever was signed in before there were private keys still is, by any of the secrets.
      expect((await me(asymmetric, user.tokens.access_token)).status).toBe(200);
      for (const secret of [SECRET, SECOND]) {
        const token = forge(user.tokens.access_token, { secret });
        expect((await me(asymmetric, token)).status).toBe(200);
      }
    });
  });

  it('refuses a token that is signed with the public default secret', async () => {
    const open = await testApi().on(database).start();
    const closed = await testApi()
      .on(database)
      .with({ JWT_PRIVATE_KEY: pem('ed25519') })
      .start();
    try {
      const { tokens } = await signedIn(open);
      expect((await me(open, tokens.access_token)).status).toBe(200);
      expect((await me(closed, tokens.access_token)).status).toBe(401);
    } finally {
      await Promise.all([open.stop(), closed.stop()]);
    }
  });

  it('publishes nothing while secrets sign tokens', async () => {
    const { body } = await service.get('/.well-known/jwks.json');
    expect(body).toEqual({ keys: [] });
  });
});

function withSignature(input: string): string {
  return `${input}.${hmac(input, SECRET)}`;
}

/** The last character of 32 bytes has two bits that count for nothing. */
function nextCharacter(character: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(character) + 1] ?? 'A';
}
