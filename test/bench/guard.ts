/**
 * Fails when a request costs more CPU time, as a multiple of bare Fastify + pg in the same round,
 * than its bound in guard-bounds.json. CPU time and not throughput, and never an absolute time:
 * other work on the machine changes both sides alike. Warm-ups and rounds have a number of requests:
 * a busy machine needs longer to compile the code, and ours is more than that of the reference. Over a
 * bound it measures once more before it fails.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { HASHING_CONNECTIONS } from './aims/hashing.bench.js';
import { signUpBody } from './aims/sign-up.bench.js';
import type { Target } from './harness/closed-loop.js';
import { openLab, PASSWORD, populate, signIn } from './harness/lab.js';
import type { Server } from './harness/launch.js';
import { inRounds } from './harness/rounds.js';
import { ratios, spread } from './harness/statistics.js';

/** About a minute together. */
const EFFORT = { rounds: 5, seconds: 1 };
const QUICK = { warmUp: 4000, round: 800 };
/** The hash is nearly all of the work. */
const HASHING = { warmUp: 100, round: 30 };

interface Bounds {
  /** What the bound is of what was measured: beyond the noise of a busy machine. */
  readonly margin: number;
  readonly measured: Readonly<Record<string, number>>;
}

interface Watched extends Omit<Target, 'url'> {
  readonly path: string;
  readonly connections?: number;
  readonly atLeast: { readonly warmUp: number; readonly round: number };
}

const { margin, measured } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'guard-bounds.json'), 'utf8'),
) as Bounds;

const lab = await openLab();
try {
  const database = await lab.database('bench_guard');
  await populate(database);
  const [ours, bare] = [await lab.api(database), await lab.bare(database)];
  const { id, email, headers } = await signIn(ours, database);
  const targets: Readonly<Record<string, Watched>> = {
    read: { path: `/users/${id}`, headers, atLeast: QUICK },
    'sign-up': { path: '/users', body: signUpBody, atLeast: QUICK },
    login: {
      path: '/auth/login',
      body: JSON.stringify({ email, password: PASSWORD }),
      connections: HASHING_CONNECTIONS,
      atLeast: HASHING,
    },
  };
  for (const [name, target] of Object.entries(targets)) {
    const bound = (measured[name] ?? Number.NaN) * margin;
    const within = (await holds(name, target, bound)) || (await holds(name, target, bound));
    if (!within) process.exitCode = 1;
  }
  await Promise.all([ours.stop(), bare.stop()]);

  async function holds(
    name: string,
    { path, connections, atLeast, ...request }: Watched,
    bound: number,
  ): Promise<boolean> {
    const variant = ({ url, pid }: Server) => ({
      target: { url: `${url}${path}`, ...request },
      pids: [pid],
    });
    const variants = { bare: variant(bare), ours: variant(ours) };
    const costs = await inRounds(variants, lab.postmaster, { ...EFFORT, connections, atLeast });
    const { middle, range } = spread(ratios(costs.ours.totalCpu, costs.bare.totalCpu), 2);
    const ok = Number(middle) <= bound;
    process.stdout.write(
      `${ok ? 'ok  ' : 'OVER'} ${name}: CPU per request ${middle} times bare (${range}), bound ${bound.toFixed(2)}\n`,
    );
    return ok;
  }
} finally {
  await lab.stop();
}
