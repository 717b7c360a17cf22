import type { Benchmark, Row } from '../harness/benchmark.js';
import { signIn } from '../harness/lab.js';
import { openLoop, type OpenLoopResult } from '../harness/open-loop.js';
import { inRounds, type Variant } from '../harness/rounds.js';
import { ratios } from '../harness/statistics.js';

/** Requests per second that both can serve easily: what is timed is the answer, not the queue. */
const RATE = 500;

/** `GET /users/{id}` with an access token, against the same SELECT without a caller. */
export const read: Benchmark = {
  name: 'read',
  title: 'read one user with an access token, against bare Fastify + pg',
  async run(lab, effort) {
    const database = await lab.database('bench_read');
    const ours = await lab.api(database);
    // Counted, but never reached.
    const limited = await lab.api(database, { RATE_LIMIT_REQUESTS: '1000000000' });
    const bare = await lab.bare(database);
    const { id, headers } = await signIn(ours, database);
    const variant = (server: { url: string; pid: number }): Variant => ({
      target: { url: `${server.url}/users/${id}`, headers },
      pids: [server.pid],
    });
    const variants = {
      bare: variant(bare),
      ours: variant(ours),
      'ours with limits': variant(limited),
      ...(effort.other && { other: { target: effort.other, pids: [] } }),
    };
    const closed = await inRounds<'bare' | 'ours' | 'ours with limits'>(
      variants,
      lab.postmaster,
      effort,
    );
    const open: Record<'bare' | 'ours', OpenLoopResult[]> = { bare: [], ours: [] };
    for (let round = 0; round < Math.min(3, effort.rounds); round += 1) {
      for (const name of ['bare', 'ours'] as const)
        open[name].push(
          await openLoop(variants[name].target, { rate: RATE, seconds: effort.seconds }),
        );
    }
    await Promise.all([ours, limited, bare].map((server) => server.stop()));

    const rows: Row[] = [
      ...Object.entries(closed).flatMap(([name, figures]): Row[] => [
        { what: `${name}: throughput`, unit: 'req/s', digits: 0, figures: figures.perSecond },
        { what: `${name}: CPU`, unit: 'µs/req', digits: 0, figures: figures.totalCpu },
        {
          what: `${name}: of it the server`,
          unit: 'µs/req',
          digits: 0,
          figures: figures.serverCpu,
        },
      ]),
      {
        what: 'CPU per request, ours to bare',
        unit: 'ratio',
        digits: 2,
        figures: ratios(closed.ours.totalCpu, closed.bare.totalCpu),
        aim: { atMost: 1.75 },
      },
      {
        what: 'the same with rate limits',
        unit: 'ratio',
        digits: 2,
        figures: ratios(closed['ours with limits'].totalCpu, closed.bare.totalCpu),
      },
      ...(['bare', 'ours'] as const).flatMap((name): Row[] =>
        (['p50', 'p99', 'lateP50'] as const).map((key) => ({
          what: `${name}: ${key === 'lateP50' ? 'generator late, p50' : key} at ${RATE} req/s`,
          unit: 'ms',
          digits: 2,
          figures: open[name].map((result) => result[key]),
        })),
      ),
    ];
    // The CPU time of another server is not ours to read.
    return rows.filter(({ figures }) => figures.length > 0);
  },
};
