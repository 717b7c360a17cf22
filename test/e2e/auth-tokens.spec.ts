import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

import { me, signedIn, type Tokens } from '../support/accounts.js';
import { expectProblem } from '../support/http.js';
import { API_KEY, asService } from '../support/caller.js';
import { claimsOf, decode, encode, forge, hmac, SECOND, SECRET } from '../support/forged-tokens.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

let service: Api;
let user: { id: string; tokens: Tokens };
let stranger: { id: string; tokens: Tokens };

beforeAll(async () => {
  service = await testApi()
    .with({ JWT_SECRET: `${SECRET},${SECOND}` })
    .start();
  user = await signedIn(service);
  stranger = await signedIn(service);
});

afterAll(() => service?.stop());

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
      acr: 'aal1',
      amr: ['pwd'],
      auth_time: expect.any(Number),
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
      expectProblem(await me(service, token), 401, 'auth.unauthenticated');
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
    const short = await testApi().on(service.database).with({ ACCESS_TOKEN_TTL: '2' }).start();
    try {
      const tokens = await waitFor('a token to be known while it is valid', async () => {
        const { tokens: issued } = await signedIn(short);
        return (await me(short, issued.access_token)).status === 200 && issued;
      });
      const over = Number(claimsOf(tokens.access_token)['exp']) * 1000;
      // No condition to wait for but the clock itself.
      while (Date.now() < over) await me(short, tokens.access_token);
      expectProblem(await me(short, tokens.access_token), 401, 'auth.unauthenticated');
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

function withSignature(input: string): string {
  return `${input}.${hmac(input, SECRET)}`;
}

/** The last character of 32 bytes has two bits that count for nothing. */
function nextCharacter(character: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(character) + 1] ?? 'A';
}
