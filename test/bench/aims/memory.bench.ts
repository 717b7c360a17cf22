import { setTimeout as delay } from 'node:timers/promises';

import type { Benchmark } from '../harness/benchmark.js';
import { closedLoop } from '../harness/closed-loop.js';
import { signIn } from '../harness/lab.js';
import { memoryMib } from '../harness/process-cost.js';

const IDLE_MS = 3000;
const SAMPLE_MS = 250;

/** Memory of the API process: a new one that did nothing yet, and one that reads at full speed. */
export const memory: Benchmark = {
  name: 'memory',
  title: 'memory of the API process, idle and while it reads at full speed',
  async run(lab, { seconds, quick }) {
    const database = await lab.database('bench_memory');
    const helper = await lab.api(database);
    const { id, headers } = await signIn(helper, database);
    await helper.stop();
    // A process that never hashed a password has no worker threads yet.
    const api = await lab.api(database);
    await delay(IDLE_MS);
    const idle = memoryMib(api.pid);
    const loaded: (typeof idle)[] = [];
    const sampler = setInterval(() => loaded.push(memoryMib(api.pid)), SAMPLE_MS);
    await closedLoop(
      { url: `${api.url}/users/${id}`, headers },
      { seconds: quick ? 5 : seconds * 10 },
    );
    clearInterval(sampler);
    await api.stop();
    const highest = (kind: 'rss' | 'pss') => Math.max(...loaded.map((sample) => sample[kind]));
    return [
      { what: 'idle, RSS', unit: 'MiB', digits: 0, figures: [idle.rss], aim: { atMost: 130 } },
      { what: 'idle, PSS', unit: 'MiB', digits: 0, figures: [idle.pss] },
      {
        what: 'under read load, highest RSS',
        unit: 'MiB',
        digits: 0,
        figures: [highest('rss')],
        aim: { atMost: 180 },
      },
      { what: 'under read load, highest PSS', unit: 'MiB', digits: 0, figures: [highest('pss')] },
    ];
  },
};
