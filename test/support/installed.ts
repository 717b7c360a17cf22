import { spawnSync } from 'node:child_process';

import { hasPostgres } from './test-database.js';

/** Whether a program is installed on this system. */
function runs(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** `describe`, or a visible skip where something is missing that only CI is sure to have. */
export function describeWhen(present: boolean): jest.Describe {
  return present || process.env['CI'] === 'true' ? describe : describe.skip;
}

/** Tests on the PostgreSQL of this project of tests; skipped by name where it is not installed. */
export const describeOnPostgres = describeWhen(hasPostgres());

/** Tests that need an installed Redis; skipped by name where it is not installed. */
export const describeOnRedis = describeWhen(runs('redis-server'));

/** Tests that need an installed Prometheus; skipped by name where it is not installed. */
export const describeWithPrometheus = describeWhen(runs('prometheus') && runs('promtool'));

/** Browser of the system. */
export const CHROMIUM = '/usr/bin/chromium';

/** Tests in a real browser; skipped by name where it is not installed. */
export const describeInBrowser = describeWhen(runs(CHROMIUM));
