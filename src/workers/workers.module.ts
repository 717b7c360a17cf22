import { Global, Module } from '@nestjs/common';

import { PasswordHasher } from './password-hasher.js';
import { ThreadPool } from './thread-pool.js';

/** CPU work on `worker_threads`. */
@Global()
@Module({ providers: [ThreadPool, PasswordHasher], exports: [ThreadPool, PasswordHasher] })
export class WorkersModule {}
