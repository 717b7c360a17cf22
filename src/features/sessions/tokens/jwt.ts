import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type JsonWebKey,
  type KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';

/**
 * JSON Web Signatures (RFC 7515) with one fixed header per key. The header of a token is compared
 * as text and never parsed: that pins the algorithm and the type, and leaves no room for `none`,
 * for `kid` tricks, for embedded keys or for extensions.
 */
export interface JwtKey {
  /** First part of every token of this key. */
  readonly header: string;
  /** Third part, for the first two. */
  sign(input: string): string;
  verifies(input: string, signature: string): boolean;
  /** Public key for verification by others; undefined for shared secrets. */
  readonly publicJwk?: JsonWebKey;
}

/** RFC 9068: an access token, distinct from any other kind of JWT. */
const TYPE = 'at+jwt';

/** HS256 with a shared secret. */
export function secretKey(secret: string): JwtKey {
  // A KeyObject signs in a third of the time that a string takes.
  const key = createSecretKey(Buffer.from(secret, 'utf8'));
  const mac = (input: string) => createHmac('sha256', key).update(input).digest('base64url');
  return {
    header: encode({ alg: 'HS256', typ: TYPE }),
    sign: mac,
    verifies: (input, signature) => equal(mac(input), signature),
  };
}

/** EdDSA (Ed25519) or ES256 (P-256) with a private key in PEM; `kid` is its thumbprint. */
export function privateKey(pem: string): JwtKey {
  const key = createPrivateKey(pem);
  const publicKey = createPublicKey(key);
  const edwards = key.asymmetricKeyType === 'ed25519';
  const [alg, digest] = edwards ? ['EdDSA', null] : ['ES256', 'sha256'];
  const jwk = publicKey.export({ format: 'jwk' });
  const kid = thumbprint(jwk);
  const encoded = { dsaEncoding: 'ieee-p1363' } as const;
  return {
    header: encode({ alg, kid, typ: TYPE }),
    sign: (input) => sign(digest, Buffer.from(input), { key, ...encoded }).toString('base64url'),
    verifies: (input, signature) =>
      verifies(digest, input, { key: publicKey, ...encoded }, signature),
    publicJwk: { ...jwk, alg, kid, use: 'sig' },
  };
}

/**
 * The payload of a token that one of the keys has signed, null if it is not JSON; undefined for any
 * other text.
 */
export function verifiedPayload(token: string, keys: readonly JwtKey[]): unknown {
  const [header = '', payload = '', signature = '', ...rest] = token.split('.', 4);
  if (rest.length > 0) return undefined;
  const input = `${header}.${payload}`;
  const signed = keys.some((key) => key.header === header && key.verifies(input, signature));
  return signed ? parsed(payload) : undefined;
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** A token with the given claims. */
export function signedToken(claims: object, key: JwtKey): string {
  const input = `${key.header}.${encode(claims)}`;
  return `${input}.${key.sign(input)}`;
}

function verifies(
  digest: string | null,
  input: string,
  key: { key: KeyObject; dsaEncoding: 'ieee-p1363' },
  signature: string,
): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  // Only one encoding of a signature is accepted, so that a token has only one text.
  return (
    bytes.toString('base64url') === signature && verify(digest, Buffer.from(input), key, bytes)
  );
}

function equal(one: string, other: string): boolean {
  const given = Buffer.from(other);
  const expected = Buffer.from(one);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** RFC 7638: SHA-256 of the required members in alphabetical order. */
function thumbprint({ crv, kty, x, y }: JsonWebKey): string {
  const members = JSON.stringify({ crv, kty, x, ...(y !== undefined && { y }) });
  return createHash('sha256').update(members).digest('base64url');
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
