import { createHmac } from 'node:crypto';

/** Secrets of two generations; both verify. */
export const SECRET = 'first-secret-of-at-least-32-bytes!!!';
export const SECOND = 'second-secret-of-at-least-32-bytes!!';

/** A part of a token. */
export const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** What a part of a token says. */
export const decode = (part = '') =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
/** What an access token says. */
export const claimsOf = (token: string) => decode(token.split('.')[1]);
export const hmac = (input: string, secret: string, digest = 'sha256') =>
  createHmac(digest, secret).update(input).digest('base64url');

/** A token with parts changed, signed with a secret. */
export function forge(
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
