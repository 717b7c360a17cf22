import { rename, writeFile } from 'node:fs/promises';

import { CommandFailed } from './admin-command.js';

/** Writes a result to a file, whole or not at all, or to standard output for `-`. */
export async function writeOutput(target: string, content: string): Promise<void> {
  if (target === '-') {
    process.stdout.write(content);
    return;
  }
  const part = `${target}.part`;
  try {
    await writeFile(part, content);
    await rename(part, target);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new CommandFailed(`${target} cannot be written: ${code}`);
  }
}
