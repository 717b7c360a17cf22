import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { LoadOutcome, LoadPlan } from './load-generator.js';

/** Puts load on a service from a process of its own, phase by phase. @returns what came of each. */
export async function putLoad(plan: LoadPlan): Promise<LoadOutcome[]> {
  const generator = join(import.meta.dirname, 'load-generator.ts');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', generator, JSON.stringify(plan)],
    { maxBuffer: 64 * 1024 * 1024, env: { PATH: process.env['PATH'] } },
  );
  return JSON.parse(stdout) as LoadOutcome[];
}
