import { createInterface } from 'node:readline';
import { type Readable, Writable } from 'node:stream';

import { decodeUtf8, NotUtf8, wasNotUtf8 } from '../common/utf8.js';
import { Interrupted, UsageError } from './command.errors.js';

const LINE_FEED = 10;
/** Bytes. Far more than any password; longer input is not a password. */
const MAX_LINE = 4096;

/**
 * Reads the first line of standard input, without its line end.
 * @throws UsageError if it is not text.
 */
export async function readSecretLine(
  input: AsyncIterable<Buffer> = process.stdin,
): Promise<string> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of input) {
    const end = chunk.indexOf(LINE_FEED);
    bytes = Buffer.concat([bytes, end < 0 ? chunk : chunk.subarray(0, end)]);
    if (end >= 0 || bytes.length > MAX_LINE) break;
  }
  if (bytes.length > MAX_LINE) throw new UsageError('the first line of standard input is too long');
  try {
    return decodeUtf8(bytes).replace(/\r$/, '');
  } catch (error) {
    if (error instanceof NotUtf8) throw new UsageError('standard input is not UTF-8');
    throw error;
  }
}

/**
 * Asks for a new password on the terminal, twice, without echo.
 * @throws UsageError; Interrupted at Ctrl-C and Ctrl-D.
 */
export async function promptNewPassword(
  input: Readable = process.stdin,
  output: Writable = process.stderr,
): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input, output: nowhere, terminal: true });
  const lines = terminal[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string> => {
    output.write(question);
    const line = await lines.next();
    output.write('\n');
    // The terminal is in raw mode, where Ctrl-C is a key like any other.
    if (line.done === true) throw new Interrupted('SIGINT');
    return line.value;
  };
  try {
    const password = await ask('Password: ');
    if (wasNotUtf8(password)) throw new UsageError('the password is not UTF-8');
    if (password !== (await ask('The same once more: ')))
      throw new UsageError('the passwords are not the same');
    return password;
  } finally {
    terminal.close();
  }
}

/**
 * @throws UsageError if an argument was not UTF-8, which Node reads with replacement characters.
 */
export function checkArguments(args: readonly string[]): void {
  if (args.some(wasNotUtf8)) throw new UsageError('the arguments are not UTF-8');
}
