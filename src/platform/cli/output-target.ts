import { fstatSync, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, rename, rm, stat } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { codeOf } from '../common/errors.js';
import { CommandFailed } from './command.errors.js';
import { writeNamedPipe } from './named-pipe.js';

type Text = AsyncIterable<string> | readonly string[];

/** Mode of files without secrets. The umask still applies. */
const PUBLIC = 0o666;

/** Whether a target is standard output: `-`, or another name of the same file. */
export async function isStandardOutput(target: string): Promise<boolean> {
  if (target === '-') return true;
  const named = await stat(target).catch(() => undefined);
  const own = fstatSync(1);
  return named !== undefined && named.ino === own.ino && named.dev === own.dev;
}

/**
 * Writes a result to standard output, or to a file. A regular file is replaced atomically, and
 * keeps mode and owner. Links, named pipes, devices, and files in a folder without write permission
 * are written through.
 * @param mode of a file that is new.
 * @throws CommandFailed, or what the text throws.
 */
export async function writeOutput(target: string, text: Text, mode = PUBLIC): Promise<void> {
  if (await isStandardOutput(target))
    return pipeline(Readable.from(text), process.stdout, { end: false });
  const old = await attempt(target, () => lstat(target).catch(unlessAbsent));
  const part = await attempt(target, () => writeReplacement(target, old, mode));
  if (part === undefined) return writeInto(target, text, await openOutput(target, mode));
  try {
    await writeInto(target, text, part.handle.createWriteStream({ flush: true }));
    await attempt(target, () => rename(part.path, target));
  } finally {
    await rm(part.path, { force: true });
  }
}

/**
 * Opens a file, device or named pipe to write through. An existing file is truncated.
 * @throws CommandFailed
 */
export async function openOutput(target: string, mode: number): Promise<Writable> {
  return attempt(target, async () => {
    const present = await stat(target).catch(unlessAbsent);
    if (present?.isFIFO() === true) return writeNamedPipe(target);
    return (await open(target, 'w', mode)).createWriteStream();
  });
}

/** A file of the same mode and owner that can replace the old one once it is complete. */
async function writeReplacement(target: string, old: Stats | undefined, mode: number) {
  if (old !== undefined && !(old.isFile() && old.nlink === 1)) return undefined;
  const path = `${target}.part`;
  let handle: FileHandle | undefined;
  try {
    await rm(path, { force: true });
    handle = await open(path, 'wx', mode);
    if (old !== undefined) await resemble(handle, old);
    return { path, handle };
  } catch (error) {
    await handle?.close();
    if (handle !== undefined) await rm(path, { force: true });
    if (old === undefined) throw error;
    return undefined;
  }
}

async function resemble(handle: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const ours = await handle.stat();
  if (uid !== ours.uid || gid !== ours.gid) await handle.chown(uid, gid);
  // A change of owner removes the special bits.
  await handle.chmod(mode & 0o7777);
}

async function writeInto(target: string, text: Text, out: Writable): Promise<void> {
  let unwritten: { readonly reason: unknown } | undefined;
  const pieces = async function* () {
    try {
      yield* text;
    } catch (error) {
      unwritten = { reason: error };
      throw error;
    }
  };
  await attempt(target, () => pipeline(pieces, out)).catch((error: unknown) => {
    throw unwritten === undefined ? error : unwritten.reason;
  });
}

/** @throws CommandFailed if the file cannot be written. */
async function attempt<Result>(target: string, step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    throw new CommandFailed(`${target} cannot be written: ${codeOf(error) ?? 'unknown error'}`);
  }
}

function unlessAbsent(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}
