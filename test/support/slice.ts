import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { cleanEnvironment, type Finished } from './cli.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** What a build or a run makes, and what is linked instead. */
const LEFT_OUT = ['node_modules', '.git', '.data', 'dist', 'build', '.ci'];

/** A copy of the sources, whose packages are those of the repository. */
export interface SourceCopy {
  readonly folder: string;
  /** Runs a program of `node_modules/.bin`, or Node itself. */
  run(program: string, ...args: string[]): Promise<Finished>;
  remove(): void;
}

export function copySources(): SourceCopy {
  const folder = mkdtempSync(join(tmpdir(), 'cnua-slice-'));
  cpSync(ROOT, folder, {
    recursive: true,
    filter: (source) => !LEFT_OUT.some((name) => source === join(ROOT, name)),
  });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const environment = cleanEnvironment({});
  const PATH = `${join(ROOT, 'node_modules', '.bin')}:${environment['PATH']}`;
  return {
    folder,
    run: (program, ...args) =>
      new Promise((resolve) => {
        const options = { cwd: folder, env: { ...environment, PATH }, maxBuffer: 2 ** 24 };
        execFile(program, args, options, (error, stdout, stderr) => {
          const code = error === null ? 0 : Number(error.code ?? 1);
          resolve({ code, stdout, stderr });
        });
      }),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Of a program that has to succeed: nothing, or all it said. */
export function complaints({ code, stdout, stderr }: Finished): string {
  return code === 0 ? '' : `${stdout}${stderr}`;
}
