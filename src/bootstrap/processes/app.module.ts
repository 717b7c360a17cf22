import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import type { Logger } from 'pino';

import { AuditModule } from '../../platform/audit/audit.module.js';
import { ConfigModule } from '../../platform/config/config.module.js';
import type { Section } from '../../platform/config/section.js';
import type { DatabaseAddress } from '../../platform/database/connection/database-address.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { FiguresModule } from '../../platform/figures/figures.module.js';
import { EventRelayModule } from '../../platform/events/events.module.js';
import type { Feature, FeatureModules } from '../../platform/declarations/feature.js';
import { JobsModule } from '../../platform/jobs/jobs.module.js';
import { LogLevel } from '../../platform/observability/logging/log-level.js';
import type { RequestDurations } from '../../platform/observability/metrics/request-durations.js';
import { ObservabilityModule } from '../../platform/observability/observability.module.js';
import { sections, workerSections } from '../config-sections.js';
import { DeclarationsModule, described } from '../declarations.module.js';
import { features } from '../features.js';
import { schemaSteps } from '../schema-steps.js';

/** Resources that exist before Nest starts. */
export interface Foundation {
  readonly logger: Logger;
  readonly level: LogLevel;
  readonly address: DatabaseAddress;
  readonly requests: RequestDurations;
}

/** The modules of each kind of process. */
@Module({})
export class AppModule {
  /**
   * The HTTP API.
   * @param consumeJobs whether it processes jobs, too.
   * @param without features that are switched off.
   */
  static forApi(
    foundation: Foundation,
    consumeJobs: boolean,
    without: readonly Feature[] = [],
  ): DynamicModule {
    return appModule([
      ...base(foundation, sections),
      JobsModule.forRoot({ consume: consumeJobs }),
      ...(consumeJobs ? [EventRelayModule] : []),
      ...apiFeatures(without).flatMap(({ modules }) => made(modules?.api)),
    ]);
  }

  /** The job consumer, with probes only. */
  static forWorker(foundation: Foundation): DynamicModule {
    return appModule([
      ...base(foundation, workerSections),
      JobsModule.forRoot({ consume: true }),
      EventRelayModule,
      ...features.flatMap(({ modules }) => made(modules?.worker)),
    ]);
  }
}

/** The features of the HTTP API. @param without see `AppModule.forApi`. */
export function apiFeatures(without: readonly Feature[]): readonly Feature[] {
  return features.filter((feature) => !without.includes(feature));
}

function made(modules: FeatureModules = []) {
  return typeof modules === 'function' ? modules(described) : modules;
}

function appModule(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
  return { module: AppModule, imports };
}

/** Modules of every process: configuration, logs and database. */
export function base(
  { logger, level, address, requests }: Foundation,
  configs: readonly Section[],
) {
  return [
    ConfigModule.forRoot(configs),
    ObservabilityModule.forRoot(logger, level),
    DatabaseModule.forRoot(address, logger, schemaSteps),
    DeclarationsModule,
    AuditModule,
    FiguresModule.forRoot(requests),
  ];
}
