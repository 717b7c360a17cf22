import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * The form of a key: `cnua_<id>_<secret>_<checksum>`. Scanners for leaked secrets recognise it. The
 * checksum tells a mistyped key without a look-up; it proves nothing.
 */
const FORM = /^(cnua_[0-9a-f]{32}_[0-9A-Za-z]{43})_([0-9a-f]{8})$/;

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 256 bits: 62^43 is just above 2^256. */
const SECRET_LENGTH = 43;

/** The public beginning of a key. @param id of the key, a UUID. */
export function prefixOf(id: string): string {
  return `cnua_${id.replaceAll('-', '')}`;
}

/** A new secret key. @param id of the key, a UUID. */
export function newKeyText(id: string): string {
  const secret = Array.from({ length: SECRET_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]);
  const body = `${prefixOf(id)}_${secret.join('')}`;
  return `${body}_${checksum(body)}`;
}

/** Whether a text has the form of a key, with the right checksum. */
export function isKeyText(text: string): boolean {
  const [, body = '', sum] = FORM.exec(text) ?? [];
  return sum === checksum(body);
}

/** The SHA-256 of a key, by which it is stored and found. @param text Latin-1, as Node reads headers. */
export function keyDigest(text: string): Buffer {
  return createHash('sha256').update(text, 'latin1').digest();
}

/** CRC-32 in hexadecimal digits. */
function checksum(body: string): string {
  return crc32(body).toString(16).padStart(8, '0');
}
