import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import type { Logger } from 'pino';

import { schemaSteps } from './app.schema.js';
import { AdminHttpModule } from './admin/admin-http.module.js';
import { FaultsHttpModule } from './admin/faults-http.module.js';
import { AuthModule } from './auth/auth.module.js';
import { allSections, type SectionName, workerSections } from './config/areas.js';
import { ConfigModule } from './config/config.module.js';
import type { DatabaseAddress } from './database/database-address.js';
import { DatabaseModule } from './database/database.module.js';
import { EmailModule } from './email/email.module.js';
import { HealthModule } from './health/health.module.js';
import { IdempotencyModule } from './idempotency/idempotency.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { LogLevel } from './observability/log-level.js';
import { ObservabilityModule } from './observability/observability.module.js';
import { PaymentsModule } from './payments/payments.module.js';
import { RedisModule } from './redis/redis.module.js';
import { UsersHttpModule, UsersModule } from './users/users.module.js';
import { WorkersModule } from './workers/workers.module.js';

/** What has to be there before Nest starts. */
export interface Foundation {
  readonly logger: Logger;
  readonly level: LogLevel;
  readonly address: DatabaseAddress;
}

/** The modules of each kind of process. */
@Module({})
export class AppModule {
  /** The HTTP API. @param consumeJobs whether it does jobs as well. @param faults their switches. */
  static forApi(foundation: Foundation, consumeJobs: boolean, faults: boolean): DynamicModule {
    return appModule([
      ...base(foundation, allSections),
      JobsModule.forRoot({ consume: consumeJobs }),
      ...features(),
      IdempotencyModule,
      UsersHttpModule,
      AuthModule,
      HealthModule,
      AdminHttpModule,
      ...(faults ? [FaultsHttpModule] : []),
    ]);
  }

  /** The job consumer, with probes only. */
  static forWorker(foundation: Foundation): DynamicModule {
    return appModule([
      ...base(foundation, workerSections),
      JobsModule.forRoot({ consume: true }),
      ...features(),
      HealthModule,
    ]);
  }
}

function appModule(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
  return { module: AppModule, imports };
}

/** Configuration, logs and the database, which every process has. */
export function base({ logger, level, address }: Foundation, sections: readonly SectionName[]) {
  return [
    ConfigModule.forRoot(sections),
    ObservabilityModule.forRoot(logger, level),
    DatabaseModule.forRoot(address, logger, schemaSteps),
  ];
}

function features() {
  return [RedisModule, WorkersModule, EmailModule, PaymentsModule, UsersModule];
}
