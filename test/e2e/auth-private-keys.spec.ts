import { createPublicKey, generateKeyPairSync } from 'node:crypto';

import { me, signedIn, type Tokens } from '../support/accounts.js';
import { expectProblem } from '../support/http.js';
import { decode, forge, SECOND, SECRET } from '../support/forged-tokens.js';
import { sharedApi } from '../support/shared-api.js';
import { type Api, testApi } from '../support/test-api.js';

let service: Api;
let user: { tokens: Tokens };

beforeAll(async () => {
  service = await testApi()
    .with({ JWT_SECRET: `${SECRET},${SECOND}` })
    .start();
  user = await signedIn(service);
});

afterAll(() => service?.stop());

describe('access tokens with private keys', () => {
  const pem = (type: 'ed25519' | 'ec') =>
    (type === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('ed25519')
    ).privateKey
      .export({ type: 'pkcs8', format: 'pem' })
      .toString();

  describe('of two kinds', () => {
    const keys = { EdDSA: pem('ed25519'), ES256: pem('ec') };
    /** By its signing key; it verifies with both. */
    let services: Record<keyof typeof keys, Api>;

    beforeAll(async () => {
      const start = (first: string, second: string) =>
        testApi()
          .on(service.database)
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
    const open = await sharedApi();
    const closed = await testApi()
      .on(open.database)
      .withoutJobs()
      .with({ JWT_PRIVATE_KEY: pem('ed25519') })
      .start();
    try {
      const { tokens } = await signedIn(open);
      expect((await me(open, tokens.access_token)).status).toBe(200);
      expectProblem(await me(closed, tokens.access_token), 401, 'auth.unauthenticated');
    } finally {
      await closed.stop();
    }
  });

  it('publishes nothing while secrets sign tokens', async () => {
    const { body } = await service.get('/.well-known/jwks.json');
    expect(body).toEqual({ keys: [] });
  });
});
