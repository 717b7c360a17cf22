import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

import { type JwtKey, privateKey, secretKey, signedToken, verifiedPayload } from './jwt.js';

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
  it('is verified with its key at any position, and returns its payload', () => {
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

  it('is refused when any of its characters is changed', () => {
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

  it('do not exist for secrets', () => {
    expect(secretKey('secret').publicJwk).toBeUndefined();
  });
});

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = { sub: 'mallory' };

/** Headers that a permissive library follows, signed or not, given the one of a genuine token. */
const headers: Record<string, (genuine: object) => object> = {
  'no algorithm': () => ({ alg: 'none', typ: 'at+jwt' }),
  'no algorithm, in another case': () => ({ alg: 'nOnE', typ: 'at+jwt' }),
  'another algorithm of the same family': (genuine) => ({ ...genuine, alg: 'HS512' }),
  'an id that is a path': (genuine) => ({ ...genuine, kid: '../../../../dev/null' }),
  'an id that is SQL': (genuine) => ({ ...genuine, kid: "x' UNION SELECT 'key" }),
  'an id that is a list': (genuine) => ({ ...genuine, kid: ['a', 'b'] }),
  'an embedded key': (genuine) => ({ ...genuine, jwk: { kty: 'oct', k: 'bWFsbG9yeQ' } }),
  'the address of a key set': (genuine) => ({ ...genuine, jku: 'https://mallory.example/jwks' }),
  'a certificate': (genuine) => ({ ...genuine, x5c: ['MIIB'] }),
  'a critical extension': (genuine) => ({ ...genuine, crit: ['b64'], b64: false }),
  'a compressed payload': (genuine) => ({ ...genuine, zip: 'DEF' }),
  'the type of an ID token': (genuine) => ({ ...genuine, typ: 'JWT' }),
  'the type with a media prefix': (genuine) => ({ ...genuine, typ: 'application/at+jwt' }),
  'no type': (genuine) => ({ ...genuine, typ: undefined }),
  'its members in another order': (genuine) =>
    Object.fromEntries(Object.entries(genuine).toReversed()),
};

describe.each(Object.entries(kinds))('a hostile token against a key for %s', (algorithm, make) => {
  const key = make();
  const genuine = JSON.parse(Buffer.from(key.header, 'base64url').toString()) as object;
  const token = signedToken(claims, key);
  const [header = '', payload = '', signature = ''] = token.split('.');
  const result = (text: string, keys: readonly JwtKey[] = [key]) => verifiedPayload(text, keys);

  it.each(Object.entries(headers))('is refused with a header of %s', (_name, change) => {
    const forged = base64url(change(genuine));
    // Even where the signature over the forged header is right.
    for (const end of ['', signature, key.sign(`${forged}.${payload}`)])
      expect(result(`${forged}.${payload}.${end}`)).toBeUndefined();
  });

  it('is refused with a header or payload that differs from the signed one', () => {
    expect(result(`${header}.${base64url({ sub: 'root' })}.${signature}`)).toBeUndefined();
    expect(result(`${header}..${signature}`)).toBeUndefined();
    expect(result(`.${payload}.${signature}`)).toBeUndefined();
  });

  it.each([
    ['missing', ''],
    ['cut by a character', signature.slice(0, -1)],
    ['cut to half', signature.slice(0, signature.length / 2)],
    ['longer by a character', `${signature}A`],
    ['written twice', signature + signature],
    ['padded', `${signature}=`],
    ['padded twice', `${signature}==`],
    ['followed by a space', `${signature} `],
    ['followed by a line end', `${signature}\n`],
    ['preceded by a space', ` ${signature}`],
    ['broken by a line end', `${signature.slice(0, 9)}\r\n${signature.slice(9)}`],
    ['followed by a zero byte', `${signature}\0`],
    ['all zeros', Buffer.alloc(Buffer.from(signature, 'base64url').length).toString('base64url')],
    ['in hexadecimal', Buffer.from(signature, 'base64url').toString('hex')],
  ])('is refused with a signature that is %s', (_name, text) => {
    expect(result(`${header}.${payload}.${text}`)).toBeUndefined();
  });

  it('is refused in any other spelling of the same signature', () => {
    const bytes = Buffer.from(signature, 'base64url');
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const spellings = [
      bytes.toString('base64'),
      signature.replaceAll('-', '+').replaceAll('_', '/'),
      // The unused bits of the last character, which decoders ignore.
      ...[...alphabet].map((last) => signature.slice(0, -1) + last),
    ].filter((text) => text !== signature);
    expect(spellings.some((text) => Buffer.from(text, 'base64url').equals(bytes))).toBe(true);
    for (const text of spellings) expect(result(`${header}.${payload}.${text}`)).toBeUndefined();
  });

  it.each([
    ['one part', header],
    ['two parts', `${header}.${payload}`],
    ['its signature twice', `${token}.${signature}`],
    ['an empty fourth part', `${token}.`],
    ['five parts, as of an encrypted token', `${header}.${payload}.${signature}.a.b`],
    ['an empty part in front', `.${token}`],
    ['a space in front', ` ${token}`],
    ['the scheme in front', `Bearer ${token}`],
    ['nothing', ''],
    ['dots alone', '...'],
    ['its JSON serialisation', JSON.stringify({ protected: header, payload, signature })],
    ['a million characters', `${header}.${'A'.repeat(1_000_000)}.${signature}`],
    ['a million dots', '.'.repeat(1_000_000)],
  ])('is refused when it is %s', (_name, text) => {
    expect(result(text)).toBeUndefined();
  });

  it('is refused when it is signed with the public part of the key', () => {
    if (algorithm === 'HS256') return;
    const { publicJwk } = key;
    const pemOfKey = createPublicKey({ key: publicJwk ?? {}, format: 'jwk' });
    const forms = [
      pemOfKey.export({ type: 'spki', format: 'pem' }),
      pemOfKey.export({ type: 'spki', format: 'der' }),
      JSON.stringify(publicJwk),
      publicJwk?.x ?? '',
    ];
    for (const alg of [{ ...genuine, alg: 'HS256' }, genuine, { alg: 'HS256', typ: 'at+jwt' }])
      for (const secret of forms) {
        const input = `${base64url(alg)}.${payload}`;
        const mac = createHmac('sha256', secret).update(input).digest('base64url');
        // With a secret beside it, too: the header of secrets leads to secrets only.
        expect(result(`${input}.${mac}`, [key, secretKey('a secret of ours')])).toBeUndefined();
      }
  });
});

it('an ECDSA signature in DER, or of zeros for any message, is refused', () => {
  const pemText = pem('ec');
  const key = privateKey(pemText);
  const input = `${key.header}.${base64url(claims)}`;
  const der = sign('sha256', Buffer.from(input), pemText).toString('base64url');
  for (const signature of [der, Buffer.alloc(64).toString('base64url'), 'MAYCAQACAQA'])
    expect(verifiedPayload(`${input}.${signature}`, [key])).toBeUndefined();
});
