import { type DynamicModule, Global, Module, type ModuleMetadata } from '@nestjs/common';
import type { Logger } from 'pino';

import { passwordTasks } from '../features/credentials/password-hasher.js';
import { bulkTasks } from '../features/bulk/bulk-tasks.js';
import type { ThreadTask } from '../platform/workers/thread-task.js';
import { THREAD_TASKS } from '../platform/workers/workers.service.js';
import { AdministrationHttpModule } from '../features/administration/administration.module.js';
import { MailedTokensModule } from '../features/credentials/credentials.module.js';
import { PrivacyHttpModule, PrivacyModule } from '../features/privacy/privacy.module.js';
import { ProfileModule } from '../features/profile/profile.module.js';
import { RecoveryHttpModule, RecoveryModule } from '../features/recovery/recovery.module.js';
import { SessionsModule } from '../features/sessions/sessions.module.js';
import { SignUpModule } from '../features/sign-up/sign-up.module.js';
import { TiersHttpModule, TiersModule } from '../features/tiers/tiers.module.js';
import { UsersHttpModule } from '../features/users/users.module.js';
import { AuditHttpModule, AuditModule } from '../platform/audit/audit.module.js';
import { ConfigModule } from '../platform/config/config.module.js';
import type { SectionConfig } from '../platform/config/section.js';
import type { DatabaseAddress } from '../platform/database/connection/database-address.js';
import { DatabaseModule } from '../platform/database/database.module.js';
import { FaultsHttpModule } from '../platform/faults/faults-http.module.js';
import { HealthModule } from '../platform/health/health.module.js';
import { IdempotencyModule } from '../platform/idempotency/idempotency.module.js';
import { JobsModule } from '../platform/jobs/jobs.module.js';
import { EmailModule } from '../platform/mail/mail.module.js';
import { LogLevel } from '../platform/observability/logging/log-level.js';
import { ObservabilityModule } from '../platform/observability/observability.module.js';
import { PaymentsModule } from '../platform/payments/payments.module.js';
import { RedisModule } from '../platform/redis/redis.module.js';
import { WorkersModule } from '../platform/workers/workers.module.js';
import { apiConfigs, workerConfigs } from './config-sections.js';
import { schemaSteps } from './schema-steps.js';

/** What has to be there before Nest starts. */
export interface Foundation {
  readonly logger: Logger;
  readonly level: LogLevel;
  readonly address: DatabaseAddress;
}

/** The tasks that worker threads do, so that the counters of each begin at zero. */
@Global()
@Module({
  providers: [
    {
      provide: THREAD_TASKS,
      useValue: [passwordTasks, bulkTasks].flatMap((tasks) => Object.values<ThreadTask>(tasks)),
    },
  ],
  exports: [THREAD_TASKS],
})
class ThreadTasksModule {}

/** The modules of each kind of process. */
@Module({})
export class AppModule {
  /** The HTTP API. @param consumeJobs whether it does jobs as well. @param faults their switches. */
  static forApi(foundation: Foundation, consumeJobs: boolean, faults: boolean): DynamicModule {
    return appModule([
      ...base(foundation, apiConfigs),
      JobsModule.forRoot({ consume: consumeJobs }),
      ...features(),
      IdempotencyModule,
      AuditHttpModule,
      UsersHttpModule,
      SignUpModule,
      ProfileModule,
      RecoveryHttpModule,
      SessionsModule,
      TiersHttpModule,
      PrivacyHttpModule,
      HealthModule,
      AdministrationHttpModule,
      ...(faults ? [FaultsHttpModule] : []),
    ]);
  }

  /** The job consumer, with probes only. */
  static forWorker(foundation: Foundation): DynamicModule {
    return appModule([
      ...base(foundation, workerConfigs),
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
export function base({ logger, level, address }: Foundation, configs: readonly SectionConfig[]) {
  return [
    ConfigModule.forRoot(configs),
    ObservabilityModule.forRoot(logger, level),
    DatabaseModule.forRoot(address, logger, schemaSteps),
    AuditModule,
    ThreadTasksModule,
  ];
}

function features() {
  return [
    RedisModule,
    WorkersModule,
    EmailModule,
    PaymentsModule,
    MailedTokensModule,
    RecoveryModule,
    TiersModule,
    PrivacyModule,
  ];
}
