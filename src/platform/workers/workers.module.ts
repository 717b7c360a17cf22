import { Global, Module } from '@nestjs/common';

import { IoPool } from './io-pool.js';
import { PasswordHasher } from '../../features/credentials/password-hasher.js';
import { ThreadPool } from './thread-pool.js';
import { Workers } from './workers.service.js';

/** CPU work on `worker_threads`, and slots for calls to the outside. */
@Global()
@Module({
  providers: [ThreadPool, IoPool, Workers, PasswordHasher],
  exports: [ThreadPool, Workers, PasswordHasher],
})
export class WorkersModule {}
