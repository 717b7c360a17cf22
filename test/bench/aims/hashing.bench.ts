import type { Benchmark, Row } from '../harness/benchmark.js';
import type { Target } from '../harness/closed-loop.js';
import { PASSWORD, signIn } from '../harness/lab.js';
import { inRounds } from '../harness/rounds.js';
import { ratios } from '../harness/statistics.js';

/** Two for each thread: none is ever idle, and none waits long. */
export const HASHING_CONNECTIONS = 8;

/** Sign-up and login with argon2id, against Fastify that does nothing but hash and one statement. */
export const hashing: Benchmark = {
  name: 'hashing',
  title: 'sign-up with a password and login, against bare Fastify + argon2id',
  async run(lab, effort) {
    const database = await lab.database('bench_hashing');
    const [ours, bare] = [await lab.api(database), await lab.bare(database)];
    const { email } = await signIn(ours, database);
    const signUp = { name: 'Bench', email: 'signup%d@example.com', password: PASSWORD };
    const bodies: Record<string, Pick<Target, 'body'> & { path: string }> = {
      'sign-up': { path: '/users', body: JSON.stringify(signUp) },
      login: { path: '/auth/login', body: JSON.stringify({ email, password: PASSWORD }) },
    };
    const rows: Row[] = [];
    for (const [what, { path, body }] of Object.entries(bodies)) {
      const variant = ({ url, pid }: { url: string; pid: number }) => ({
        target: { url: `${url}${path}`, body },
        pids: [pid],
      });
      const measured = await inRounds(
        { bare: variant(bare), ours: variant(ours) },
        lab.postmaster,
        { ...effort, connections: HASHING_CONNECTIONS },
      );
      rows.push(
        { what: `${what}, bare`, unit: 'req/s', digits: 0, figures: measured.bare.perSecond },
        { what: `${what}, ours`, unit: 'req/s', digits: 0, figures: measured.ours.perSecond },
        {
          what: `${what}, throughput of ours to bare`,
          unit: 'ratio',
          digits: 3,
          figures: ratios(measured.ours.perSecond, measured.bare.perSecond),
          aim: { atLeast: 0.95 },
        },
        {
          what: `${what}, CPU of ours to bare`,
          unit: 'ratio',
          digits: 3,
          figures: ratios(measured.ours.totalCpu, measured.bare.totalCpu),
        },
      );
    }
    await Promise.all([ours.stop(), bare.stop()]);
    return rows;
  },
};
