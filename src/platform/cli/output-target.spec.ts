import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { CommandFailed } from './command.errors.js';
import { readNamedPipe } from './named-pipe.js';
import { isStandardOutput, writeOutput } from './output-target.js';

describe('writeOutput', () => {
  let folder: string;
  let target: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'output-'));
    target = join(folder, 'out.csv');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes a new file of the given mode', async () => {
    await writeOutput(target, ['a', 'b'], 0o600);
    expect(readFileSync(target, 'utf8')).toBe('ab');
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it('replaces a regular file and keeps its mode and owner', async () => {
    writeFileSync(target, 'old');
    chmodSync(target, 0o640);
    // Only root may give files away.
    if (process.getuid?.() === 0) chownSync(target, 65534, 65534);
    const old = statSync(target);
    await writeOutput(target, ['new']);
    const { mode, uid, gid, ino } = statSync(target);
    expect({ mode, uid, gid }).toEqual({ mode: old.mode, uid: old.uid, gid: old.gid });
    expect(ino).not.toBe(old.ino);
    expect(readFileSync(target, 'utf8')).toBe('new');
  });

  it('keeps the old file and leaves no temporary file when the text fails', async () => {
    writeFileSync(target, 'old');
    const broken = new Error('the database is gone');
    const pieces = (async function* () {
      yield 'half';
      await Promise.reject(broken);
    })();
    await expect(writeOutput(target, pieces)).rejects.toBe(broken);
    expect(readFileSync(target, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it.each(['file', 'nothing yet'])('writes through a symbolic link to %s', async (behind) => {
    const real = join(folder, 'real.csv');
    if (behind === 'file') writeFileSync(real, 'a longer old text', { mode: 0o640 });
    symlinkSync('real.csv', target);
    await writeOutput(target, ['new'], 0o600);
    expect(lstatSync(target).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, 'utf8')).toBe('new');
    expect(statSync(real).mode & 0o777).toBe(behind === 'file' ? 0o640 : 0o600);
  });

  it('writes through a file with several hard links', async () => {
    writeFileSync(target, 'old');
    linkSync(target, join(folder, 'other'));
    await writeOutput(target, ['new']);
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('new');
  });

  it('writes through a named pipe, and waits for its reader', async () => {
    spawnSync('mkfifo', [target]);
    const piece = 'x'.repeat(100_000);
    const written = writeOutput(target, [piece, piece, piece]);
    expect(await text(readNamedPipe(target))).toBe(piece.repeat(3));
    await written;
    expect(lstatSync(target).isFIFO()).toBe(true);
  });

  it('writes to a device', async () => {
    await writeOutput('/dev/null', ['gone']);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
    expect(existsSync('/dev/null.part')).toBe(false);
    await expect(writeOutput('/dev/full', ['too much'])).rejects.toThrow(
      new CommandFailed('/dev/full cannot be written: ENOSPC'),
    );
  });

  it('reports why a file cannot be written', async () => {
    const refused = async (path: string) => writeOutput(path, ['']).catch(String);
    expect(await refused(folder)).toMatch(/cannot be written: EISDIR$/);
    expect(await refused(join(folder, 'no', 'such'))).toMatch(/cannot be written: ENOENT$/);
  });

  it('recognises standard output by any name', async () => {
    expect(await isStandardOutput('-')).toBe(true);
    expect(await isStandardOutput('/dev/stdout')).toBe(true);
    expect(await isStandardOutput(target)).toBe(false);
  });
});
