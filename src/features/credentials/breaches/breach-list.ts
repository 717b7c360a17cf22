/** A list of breached passwords. */
export interface BreachList {
  /**
   * Whether the list has a password.
   * @param sha1 SHA-1 of the password, 40 hexadecimal digits in upper case.
   * @param signal ends the search.
   * @throws BreachListUnreadable, or what the connection or the file system throws.
   */
  has(sha1: string, signal: AbortSignal): Promise<boolean>;
}

/** The list answered something that is not a list. The message has nothing of the answer. */
export class BreachListUnreadable extends Error {
  override readonly name = 'BreachListUnreadable';
}

/** Hexadecimal digits and how often the password was found; 0 in lines that only hide the others. */
const LINE = /^([0-9A-Fa-f]+):(\d{1,15})\r?$/;

/** A line of a list. @throws BreachListUnreadable */
export function readLine(
  line: string,
  digits: number,
): { readonly digits: string; readonly count: number } {
  const [, hex, count] = LINE.exec(line) ?? [];
  if (hex?.length !== digits) throw new BreachListUnreadable('a line is not a hash and a count');
  return { digits: hex.toUpperCase(), count: Number(count) };
}
