import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, MetadataScanner } from '@nestjs/core';

import { Database } from '../database/database.js';
import { DatabaseListener } from '../database/connection/database-listener.js';
import { createBoss } from './queue/boss.js';
import { JobArrivals } from './queue/job-arrivals.js';
import { JobAdmin } from './queue/job-admin.js';
import { JobMetrics } from './queue/job-metrics.js';
import { JobConsumer } from './consumer/job-consumer.js';
import { BOSS, JobQueue } from './queue/job-queue.js';

/** Jobs in PostgreSQL: sent in the caller's transaction, processed by `@JobHandler` methods. */
@Global()
@Module({})
export class JobsModule {
  /** @param consume whether this process consumes jobs, or only sends them. */
  static forRoot({ consume }: { consume: boolean }): DynamicModule {
    return {
      module: JobsModule,
      imports: [DiscoveryModule],
      providers: [
        {
          provide: BOSS,
          inject: [Database, DatabaseListener, JobArrivals],
          useFactory: (database: Database, listener: DatabaseListener, arrivals: JobArrivals) =>
            createBoss(database, consume ? { listener, arrivals } : undefined),
        },
        JobArrivals,
        JobQueue,
        JobAdmin,
        ...(consume ? [JobMetrics, JobConsumer, DiscoveryService, MetadataScanner] : []),
      ],
      exports: [JobQueue, JobAdmin],
    };
  }
}
