import { spawnSync } from 'node:child_process';

import { hasPostgres } from './test-database.js';

/** Whether a program is installed on this system. */
function runs(program: string, argument = '--version'): boolean {
  return spawnSync(program, [argument], { stdio: 'ignore' }).status === 0;
}

/** Whether this machine lets us make networks: root, `ip` and `iptables`, and a kernel that allows it. */
function makesNetworks(): boolean {
  return (
    spawnSync('unshare', ['--net', 'iptables', '-w', '-L', '-n'], { stdio: 'ignore' }).status ===
      0 && spawnSync('ip', ['netns', 'list'], { stdio: 'ignore' }).status === 0
  );
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

/** Tests in a network of their own; skipped by name where none can be made. */
export const describeInOwnNetwork = describeWhen(makesNetworks());

/** Tests behind HAProxy; skipped by name where it is not installed. */
export const describeBehindHaproxy = describeWhen(runs('haproxy', '-v'));

/** Tests behind PgBouncer; skipped by name where it is not installed. */
export const describeBehindPgbouncer = describeWhen(runs('pgbouncer'));
