/** The digits of `crypt(3)`, lowest first. */
export const DIGITS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Bytes as `crypt(3)` and phpass write them: three are four digits of six bits, the lowest bits
 * first; the last one or two bytes are two or three digits.
 */
export function crypt64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [low = 0, middle = 0, high = 0] = bytes.subarray(at, at + 3);
    const value = low | (middle << 8) | (high << 16);
    const digits = Math.min(3, bytes.length - at) + 1;
    for (let digit = 0; digit < digits; digit += 1) text += DIGITS[(value >> (6 * digit)) & 63];
  }
  return text;
}
