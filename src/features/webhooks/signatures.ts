import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

/** The form of a secret in Standard Webhooks: https://www.standardwebhooks.com. */
const PREFIX = 'whsec_';
/** The specification wants 24 to 64; SHA-256 gains nothing from more. */
const SECRET_BYTES = 32;

/** New random bytes of a secret. */
export function newSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

/** A secret as receivers get it. */
export function secretText(secret: Buffer): string {
  return `${PREFIX}${secret.toString('base64')}`;
}

/** A secret as signing needs it: a KeyObject takes a sixth of the time of a Buffer. */
export function signingKey(secret: Buffer): KeyObject {
  return createSecretKey(secret);
}

/**
 * The headers of Standard Webhooks. During a rotation there are several signatures, one of each secret.
 * @param timestamp of the attempt, in seconds since 1970.
 */
export function signedHeaders(
  id: string,
  timestamp: number,
  body: string,
  keys: readonly KeyObject[],
): Record<string, string> {
  const sign = (key: KeyObject) =>
    `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': keys.map(sign).join(' '),
  };
}
