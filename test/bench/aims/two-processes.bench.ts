import { availableParallelism } from 'node:os';

import type { Benchmark } from '../harness/benchmark.js';
import { closedLoop } from '../harness/closed-loop.js';
import { signIn } from '../harness/lab.js';
import { ratios } from '../harness/statistics.js';

/** One process, one PostgreSQL backend's worth of work and one generator, each doubled. */
const CPUS_NEEDED = 6;

/** Reads from two API processes at once, against reads from one. */
export const twoProcesses: Benchmark = {
  name: 'two-processes',
  title: `reads from two API processes at once, against one; generator and PostgreSQL share the ${availableParallelism()} CPUs`,
  async run(lab, { rounds, seconds }) {
    const database = await lab.database('bench_two');
    const servers = [await lab.api(database), await lab.api(database)];
    const [first] = servers;
    if (first === undefined) return [];
    const { id, headers } = await signIn(first, database);
    const load = async (loaded: typeof servers) => {
      const results = await Promise.all(
        loaded.map(({ url }) => closedLoop({ url: `${url}/users/${id}`, headers }, { seconds })),
      );
      return results.reduce((sum, { perSecond }) => sum + perSecond, 0);
    };
    await load(servers);
    const [one, two]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      one.push(await load([first]));
      two.push(await load(servers));
    }
    await Promise.all(servers.map((server) => server.stop()));
    const enough = availableParallelism() >= CPUS_NEEDED;
    return [
      { what: 'one process', unit: 'req/s', digits: 0, figures: one },
      { what: 'two processes', unit: 'req/s', digits: 0, figures: two },
      {
        what: enough ? 'two to one' : `two to one (aim needs ${CPUS_NEEDED} CPUs)`,
        unit: 'ratio',
        digits: 2,
        figures: ratios(two, one),
        ...(enough && { aim: { atLeast: 1.8 } }),
      },
    ];
  },
};
