import { registerAs } from '@nestjs/config';

import { area } from './area.js';
import { values } from './env.js';
import { whole } from './primitives.js';

export const workersArea = area({
  title: 'Worker threads',
  variables: {
    WORKER_CONCURRENCY: {
      schema: whole(1, 256),
      fallback: '4',
      about: 'Threads for CPU work; I/O work gets four times as many slots.',
    },
  },
});

export const workersConfig = registerAs('workers', () => {
  const { WORKER_CONCURRENCY } = values(workersArea);
  return { cpuThreads: WORKER_CONCURRENCY, ioSlots: WORKER_CONCURRENCY * 4 };
});
