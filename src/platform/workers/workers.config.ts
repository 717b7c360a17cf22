import { availableParallelism } from 'node:os';

import { area } from '../config/area.js';
import { section } from '../config/section.js';
import { whole } from '../config/variable-primitives.js';

export const workersArea = area({
  title: 'Worker threads',
  variables: {
    WORKER_CONCURRENCY: {
      schema: whole(1, 256),
      fallback: '4',
      about:
        'Threads for CPU work, of which no more run than there are CPUs; I/O work gets four times as many slots.',
    },
  },
});

export const workersConfig = section('workers', workersArea, ({ WORKER_CONCURRENCY }) => ({
  // Hashes that take turns on a CPU evict each other's 19 MiB from its caches: a fifth more time for each.
  cpuThreads: Math.min(WORKER_CONCURRENCY, availableParallelism()),
  ioSlots: WORKER_CONCURRENCY * 4,
}));
