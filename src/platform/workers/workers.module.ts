import { Global, Module } from '@nestjs/common';

import { IoPool } from './io-pool.js';
import { ThreadPool } from './thread-pool.js';
import { Workers } from './workers.service.js';

/** CPU work on `worker_threads`, and slots for outbound calls. */
@Global()
@Module({
  providers: [ThreadPool, IoPool, Workers],
  exports: [ThreadPool, Workers],
})
export class WorkersModule {}
