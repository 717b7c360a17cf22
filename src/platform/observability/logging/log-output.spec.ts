import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { flushOutputs, LogOutput } from './log-output.js';

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

  it('flushes all outputs when one cannot be written, and never throws', () => {
    const [broken, sound] = [new LogOutput(full), new LogOutput(file)];
    for (const line of ['one\n', 'two\n']) {
      broken.write(line);
      sound.write(line);
      flushOutputs();
    }
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('one\ntwo\n');
  });
});
