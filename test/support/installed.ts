import { spawnSync } from 'node:child_process';

import { CHROMIUM } from './chromium-path.js';
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

/** Whether this machine lets us mount file systems: in a namespace that nobody sees. */
function mountsDisks(): boolean {
  const args = ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'];
  return process.getuid?.() === 0 && spawnSync('unshare', args, { stdio: 'ignore' }).status === 0;
}

/** Defines tests, or tests that are skipped. */
type Define<Body> = (title: string, body: Body, timeoutMs?: number) => void;

/**
 * `describe`, or a skip where something is missing that only CI is sure to have. Its title names what that is, for
 * the account at the end of the run: `missing-programs-reporter.ts`.
 */
export function describeWhen(present: boolean, need: string): Define<() => void> {
  return when<() => void>(present, need, describe, describe.skip);
}

/** The same for a single test. */
export function itWhen(present: boolean, need: string): Define<() => Promise<void>> {
  return when(present, need, it, it.skip);
}

function when<Body>(
  present: boolean,
  need: string,
  define: Define<Body>,
  skip: Define<Body>,
): Define<Body> {
  if (present || process.env['CI'] === 'true') return define;
  return (title, body, timeoutMs) => skip(`${title} (needs ${need})`, body, timeoutMs);
}

/** Tests on the PostgreSQL of this project of tests; skipped by name where it is not installed. */
export const describeOnPostgres = describeWhen(hasPostgres(), 'an installed PostgreSQL server');

/** Tests that need an installed Redis; skipped by name where it is not installed. */
export const describeOnRedis = describeWhen(runs('redis-server'), 'redis-server');

/** Tests that need an installed NATS server; skipped by name where it is not installed. */
export const describeOnNats = describeWhen(runs('nats-server'), 'nats-server');

/** Tests that need an installed Prometheus; skipped by name where it is not installed. */
export const describeWithPrometheus = describeWhen(
  runs('prometheus') && runs('promtool'),
  'prometheus and promtool',
);

/** Tests in a real browser; skipped by name where it is not installed. */
export const describeInBrowser = describeWhen(runs(CHROMIUM), 'chromium');
export const itInBrowser = itWhen(runs(CHROMIUM), 'chromium');

/** Tests in a network of their own; skipped by name where none can be made. */
export const describeInOwnNetwork = describeWhen(makesNetworks(), 'root, ip and iptables');

/** Tests on a disk of their own; skipped by name where none can be mounted. */
export const describeOnSmallDisk = describeWhen(mountsDisks(), 'root and mount');

/** Tests behind HAProxy; skipped by name where it is not installed. */
export const describeBehindHaproxy = describeWhen(runs('haproxy', '-v'), 'haproxy');

/** Tests behind PgBouncer; skipped by name where it is not installed. */
export const describeBehindPgbouncer = describeWhen(runs('pgbouncer'), 'pgbouncer');
