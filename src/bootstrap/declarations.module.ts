import { Global, Module } from '@nestjs/common';

import { THREAD_TASKS } from '../platform/workers/workers.service.js';
import { features } from './features.js';

/** What features declare, for the parts of platform and features that walk all of it. */
@Global()
@Module({
  providers: [
    { provide: THREAD_TASKS, useValue: features.flatMap(({ threadTasks = [] }) => threadTasks) },
  ],
  exports: [THREAD_TASKS],
})
export class DeclarationsModule {}
