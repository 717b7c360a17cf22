import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import type { Logger } from 'pino';

import { AuditModule } from '../../platform/audit/audit.module.js';
import { ConfigModule } from '../../platform/config/config.module.js';
import type { Section } from '../../platform/config/section.js';
import type { DatabaseAddress } from '../../platform/database/connection/database-address.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { FiguresModule } from '../../platform/figures/figures.module.js';
import { EventRelayModule } from '../../platform/events/events.module.js';
import type { Feature } from '../../platform/declarations/feature.js';
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
   * @param chosen the features that it has.
   */
  static async forApi(
    foundation: Foundation,
    consumeJobs: boolean,
    chosen: readonly Feature[],
  ): Promise<DynamicModule> {
    // First: the module of logs makes a logger for each class that has asked for one by now.
    const loaded = await modulesOf(chosen, 'api');
    return appModule([
      ...base(foundation, sections),
      JobsModule.forRoot({ consume: consumeJobs }),
      ...(consumeJobs ? [EventRelayModule] : []),
      ...loaded,
    ]);
  }

  /** The job consumer, with probes only. */
  static async forWorker(foundation: Foundation): Promise<DynamicModule> {
    const loaded = await modulesOf(features, 'worker');
    return appModule([
      ...base(foundation, workerSections),
      JobsModule.forRoot({ consume: true }),
      EventRelayModule,
      ...loaded,
    ]);
  }
}

/** The modules of features for a kind of process, loaded. */
export async function modulesOf(chosen: readonly Feature[], kind: 'api' | 'worker') {
  const made = chosen.map(async ({ modules }) => {
    const { [kind]: own = [] } = modules ?? {};
    return typeof own === 'function' ? own(described) : own;
  });
  return (await Promise.all(made)).flat();
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
