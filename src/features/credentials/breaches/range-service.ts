import { type BreachList, BreachListUnreadable, readLine } from './breach-list.js';

/** Digits of the SHA-1 that the service is told: hundreds of passwords have the same. */
const PREFIX = 5;
/** 1,000 padded lines have 40 kB. */
const LARGEST_ANSWER = 1_048_576;

/**
 * A service that lists the hashes with a given prefix, so that it never learns which one is meant
 * (k-anonymity). No span and no trace header: the prefix belongs to a password.
 * https://haveibeenpwned.com/API/v3#SearchingPwnedPasswordsByRange
 */
export class RangeService implements BreachList {
  /**
   * Padding hides the size of the answer, which would tell the prefix. Made at the start, since Node
   * loads its HTTP client with the first headers: the first call would take too long.
   */
  private readonly headers = new Headers({ 'add-padding': 'true' });

  /** @param base without a slash at its end. */
  constructor(private readonly base: string) {}

  async has(sha1: string, signal: AbortSignal): Promise<boolean> {
    const wanted = sha1.slice(PREFIX);
    const response = await fetch(`${this.base}/${sha1.slice(0, PREFIX)}`, {
      headers: this.headers,
      redirect: 'error',
      signal,
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new BreachListUnreadable(`the service answered ${response.status}`);
    }
    const lines = (await textOf(response)).split('\n').filter((line) => line.trim() !== '');
    const suffixes = lines.map((line) => readLine(line, wanted.length));
    return suffixes.some(({ digits, count }) => digits === wanted && count > 0);
  }
}

async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > LARGEST_ANSWER) throw new BreachListUnreadable('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('latin1');
}
