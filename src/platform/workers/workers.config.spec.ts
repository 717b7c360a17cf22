import { availableParallelism } from 'node:os';

import { loadEnvironment } from '../config/env.js';
import { workersConfig } from './workers.config.js';

describe('workersConfig', () => {
  const { WORKER_CONCURRENCY } = process.env;

  beforeEach(() => {
    process.env.WORKER_CONCURRENCY = '256';
    loadEnvironment([workersConfig.area]);
  });

  afterEach(() => {
    delete process.env.WORKER_CONCURRENCY;
    if (WORKER_CONCURRENCY !== undefined) process.env.WORKER_CONCURRENCY = WORKER_CONCURRENCY;
    loadEnvironment([workersConfig.area]);
  });

  it('has no more threads than CPUs, and the configured number of slots', () => {
    expect(workersConfig()).toEqual({ cpuThreads: availableParallelism(), ioSlots: 1024 });
  });
});
