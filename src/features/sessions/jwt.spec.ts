import { generateKeyPairSync } from 'node:crypto';

import { privateKey, secretKey, signedToken, verifiedPayload } from './jwt.js';

const pem = (kind: 'ed25519' | 'ec') =>
  (kind === 'ec'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('ed25519')
  ).privateKey
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();

const kinds = {
  HS256: () => secretKey('a secret of at least thirty-two bytes'),
  EdDSA: () => privateKey(pem('ed25519')),
  ES256: () => privateKey(pem('ec')),
};

describe.each(Object.entries(kinds))('a token signed with %s', (_algorithm, make) => {
  it('is verified with its key, first or not, and gives its payload', () => {
    const key = make();
    const token = signedToken({ sub: 'ada' }, key);
    expect(verifiedPayload(token, [key])).toEqual({ sub: 'ada' });
    expect(verifiedPayload(token, [secretKey('other'), key])).toEqual({ sub: 'ada' });
  });

  it('is refused with another key', () => {
    const token = signedToken({ sub: 'ada' }, make());
    expect(verifiedPayload(token, [])).toBeUndefined();
    for (const other of Object.values(kinds))
      expect(verifiedPayload(token, [secretKey('other'), other()].slice(0, 1))).toBeUndefined();
    expect(verifiedPayload(token, [privateKey(pem('ec')), privateKey(pem('ed25519'))])).toBe(
      undefined,
    );
  });

  it('is refused when any character of it is another', () => {
    const key = make();
    const token = signedToken({ sub: 'ada' }, key);
    for (let index = 0; index < token.length; index += 1) {
      const character = token[index] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, index) + character + token.slice(index + 1);
      expect(verifiedPayload(changed, [key])).toBeUndefined();
    }
    expect(verifiedPayload(`${token}=`, [key])).toBeUndefined();
    expect(verifiedPayload(`${token}.x`, [key])).toBeUndefined();
  });
});

describe('public keys', () => {
  it('are published without the private part, under their thumbprint', () => {
    const { publicJwk, header } = privateKey(pem('ec'));
    expect(Object.keys(publicJwk ?? {}).toSorted()).toEqual(
      ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'].toSorted(),
    );
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
      alg: 'ES256',
      kid: publicJwk?.['kid'],
      typ: 'at+jwt',
    });
  });

  it('are none of secrets', () => {
    expect(secretKey('secret').publicJwk).toBeUndefined();
  });
});
