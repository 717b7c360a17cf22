import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { endOutputs, LogOutput } from './log-output.js';

describe('LogOutput', () => {
  let folder: string;
  let full: number;
  let file: number;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cnua-output-'));
    full = openSync('/dev/full', 'w');
    file = openSync(join(folder, 'log'), 'w');
  });

  afterEach(() => {
    closeSync(full);
    closeSync(file);
    rmSync(folder, { recursive: true });
  });

  it('writes all outputs when one cannot be written, never throws, and drops what comes after their end', () => {
    const [broken, sound] = [new LogOutput(full), new LogOutput(file)];
    const write = (line: string) => [broken, sound].forEach((output) => output.write(line));
    write('one\n');
    for (const output of [broken, sound]) output.flush();
    write('two\n');
    endOutputs();
    write('three\n');
    endOutputs();
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('one\ntwo\n');
  });
});
