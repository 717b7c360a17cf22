import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sha1Of } from '../../../../test/support/range-server.js';
import { BreachFile } from './breach-file.js';

/** Larger than what is read at once, so that the search begins in the middle. */
const MANY = 5000;

describe('BreachFile', () => {
  const never = new AbortController().signal;
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'breaches-'));
    path = join(folder, 'list.txt');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** The lists of the first passwords, in order; counts have different lengths. */
  const lines = (passwords: number) =>
    Array.from({ length: passwords }, (_, n) => [sha1Of(`password ${n}`), 10 ** (n % 9)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([sha1, count]) => `${sha1}:${count}`);
  const has = (sha1: string) => new BreachFile(path).has(sha1, never);
  const hashOf = (line = '') => line.slice(0, 40);
  /** Hashes beside a hash, which the list does not have. */
  const neighbours = (sha1: string) =>
    [-1n, 1n].map((step) =>
      (BigInt(`0x${sha1}`) + step).toString(16).toUpperCase().padStart(40, '0'),
    );

  it.each([
    ['LF', '\n', '\n'],
    ['CRLF', '\r\n', '\r\n'],
    ['no end of the last line', '\n', ''],
  ])('finds every line and nothing else, with %s', async (_kind, between, last) => {
    const list = lines(MANY);
    writeFileSync(path, list.join(between) + last);
    for (const line of [list[0], list[1], list[MANY / 2], list[MANY - 2], list[MANY - 1]]) {
      expect(await has(hashOf(line))).toBe(true);
      for (const other of neighbours(hashOf(line))) expect(await has(other)).toBe(false);
    }
    const found = await Promise.all(list.map((line) => has(hashOf(line))));
    expect(found.every(Boolean)).toBe(true);
    expect(await has('0'.repeat(40))).toBe(false);
    expect(await has('F'.repeat(40))).toBe(false);
  });

  it.each([1, 2, 70, 80, 90, 100, 150, 200])('finds every line of %d', async (count) => {
    const list = lines(count);
    writeFileSync(path, `${list.join('\n')}\n`);
    for (const line of list) expect(await has(hashOf(line))).toBe(true);
    for (const other of neighbours(hashOf(list[0]))) expect(await has(other)).toBe(false);
  });

  it('reads hashes in lower case, and ignores those with a count of 0', async () => {
    const [first = '', second = ''] = lines(2);
    writeFileSync(path, `${first.toLowerCase()}\n${hashOf(second)}:0\n`);
    expect(await has(hashOf(first))).toBe(true);
    expect(await has(hashOf(second))).toBe(false);
  });

  it('finds nothing in an empty file', async () => {
    writeFileSync(path, '');
    expect(await has(sha1Of('password'))).toBe(false);
  });

  it('finds lines of a file that replaces another one', async () => {
    const list = new BreachFile(path);
    writeFileSync(path, '');
    expect(await list.has(sha1Of('password 0'), never)).toBe(false);
    writeFileSync(path, lines(1).join(''));
    expect(await list.has(sha1Of('password 0'), never)).toBe(true);
  });

  it('begins in the middle of a large file, and never reads all of it', async () => {
    writeFileSync(path, `${lines(MANY).join('\n')}\n`);
    // 64 GiB, of which all but the beginning are NULs that take no space.
    truncateSync(path, 2 ** 36);
    await expect(has('0'.repeat(40))).rejects.toThrow('a line is too long');
  });

  it.each([
    ['other text', '<html>not a list</html>\n'],
    ['hashes of another kind', `${'0'.repeat(32)}:1\n`],
    ['hashes without counts', `${'0'.repeat(40)}\n`],
    ['one long line', 'A'.repeat(10_000)],
  ])('fails on %s', async (_kind, content) => {
    writeFileSync(path, content);
    await expect(has(sha1Of('password'))).rejects.toThrow('a line is');
  });

  it('fails on a missing file, a folder and a named pipe that nobody writes to', async () => {
    await expect(has(sha1Of('password'))).rejects.toThrow('ENOENT');
    await expect(new BreachFile(folder).has(sha1Of('password'), never)).rejects.toThrow(
      'it is not a file',
    );
    execFileSync('mkfifo', [path]);
    await expect(has(sha1Of('password'))).rejects.toThrow('it is not a file');
  });

  it('ends when its caller gave up', async () => {
    writeFileSync(path, `${lines(MANY).join('\n')}\n`);
    const late = new BreachFile(path).has(sha1Of('password'), AbortSignal.abort());
    await expect(late).rejects.toThrow('aborted');
  });
});
