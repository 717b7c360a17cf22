import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import type { Logger } from 'pino';

import { schemaSteps } from './schema-steps.js';
import { AdminHttpModule } from '../features/administration/administration-http.module.js';
import { FaultsHttpModule } from '../platform/faults/faults-http.module.js';
import { AuthModule } from '../features/sessions/sessions.module.js';
import { allSections, type SectionName, workerSections } from './config-sections.js';
import { ConfigModule } from '../platform/config/config.module.js';
import type { DatabaseAddress } from '../platform/database/connection/database-address.js';
import { DatabaseModule } from '../platform/database/database.module.js';
import { EmailModule } from '../platform/mail/mail.module.js';
import { HealthModule } from '../platform/health/health.module.js';
import { IdempotencyModule } from '../platform/idempotency/idempotency.module.js';
import { JobsModule } from '../platform/jobs/jobs.module.js';
import { LogLevel } from '../platform/observability/logging/log-level.js';
import { ObservabilityModule } from '../platform/observability/observability.module.js';
import { PaymentsModule } from '../platform/payments/payments.module.js';
import { RedisModule } from '../platform/redis/redis.module.js';
import { UsersHttpModule, UsersModule } from '../features/users/users.module.js';
import { WorkersModule } from '../platform/workers/workers.module.js';

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
