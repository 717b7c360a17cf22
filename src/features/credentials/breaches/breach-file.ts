import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

import { type BreachList, BreachListUnreadable, readLine } from './breach-list.js';

const SHA1_DIGITS = 40;
/** More than the longest line: 40 digits, a colon, 15 digits, CR and LF. */
const LINE_BYTES = 64;
/** What is read at once when the search has become this narrow: a page of the file system. */
const NARROW = 4096;

/**
 * A file of `SHA1:count` lines in the order of the hashes, as the downloader of Pwned Passwords
 * writes it. A binary search by position reads some twenty lines of a file of 40 GB. The file is
 * opened for each search, so that it can be replaced.
 * https://github.com/HaveIBeenPwned/PwnedPasswordsDownloader
 */
export class BreachFile implements BreachList {
  constructor(private readonly path: string) {}

  async has(sha1: string, signal: AbortSignal): Promise<boolean> {
    // Without it the opening of a named pipe would occupy a thread until somebody writes.
    const file = await open(this.path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return await search(file, sha1, signal);
    } finally {
      await file.close();
    }
  }
}

async function search(file: FileHandle, sha1: string, signal: AbortSignal): Promise<boolean> {
  const stats = await file.stat();
  if (!stats.isFile()) throw new BreachListUnreadable('it is not a file');
  // The line that is looked for begins in [from, to). Lines begin at both.
  let [from, to] = [0, stats.size];
  while (to - from > NARROW) {
    signal.throwIfAborted();
    const line = await lineAfter(file, Math.floor((from + to) / 2));
    if (line.digits > sha1) to = line.start;
    else from = line.start;
  }
  const rest = await read(file, from, to - from);
  return rest
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => readLine(line, SHA1_DIGITS))
    .some(({ digits, count }) => digits === sha1 && count > 0);
}

/** The first line that begins behind a position. */
async function lineAfter(file: FileHandle, position: number) {
  const text = await read(file, position, 2 * LINE_BYTES);
  const [, line] = text.split('\n');
  if (line === undefined) throw new BreachListUnreadable('a line is too long');
  return { ...readLine(line, SHA1_DIGITS), start: position + text.indexOf('\n') + 1 };
}

async function read(file: FileHandle, position: number, length: number): Promise<string> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.toString('latin1', 0, bytesRead);
}
