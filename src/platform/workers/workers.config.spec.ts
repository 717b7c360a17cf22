import { availableParallelism } from 'node:os';

import { loadSections } from '../config/section.js';
import { workersConfig } from './workers.config.js';

describe('workersConfig', () => {
  const { WORKER_CONCURRENCY } = process.env;

  beforeEach(async () => {
    process.env.WORKER_CONCURRENCY = '256';
    await loadSections([workersConfig]);
  });

  afterEach(async () => {
    delete process.env.WORKER_CONCURRENCY;
    if (WORKER_CONCURRENCY !== undefined) process.env.WORKER_CONCURRENCY = WORKER_CONCURRENCY;
    await loadSections([workersConfig]);
  });

  it('has no more threads than CPUs, and the configured number of slots', () => {
    expect(workersConfig()).toEqual({ cpuThreads: availableParallelism(), ioSlots: 1024 });
  });
});
