import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { LoggerModule } from 'nestjs-pino';

import { describeException } from './logging/exception.js';
import { LogLevel } from './logging/log-level.js';
import { openTelemetryModule } from './open-telemetry.js';
import { Outages } from './logging/outages.js';
import { WorkInHand } from '../app/work-in-hand.js';

/** Logs and telemetry for every module of the process. */
@Global()
@Module({})
export class ObservabilityModule {
  /**
   * @param logger the process's logger, made before Nest so that start-up failures use it too.
   * @param level what changes its level while the process runs.
   */
  static forRoot(logger: Logger, level: LogLevel): DynamicModule {
    return {
      module: ObservabilityModule,
      providers: [
        { provide: LogLevel, useValue: level },
        { provide: Outages, useValue: new Outages(logger) },
        WorkInHand,
      ],
      exports: [LogLevel, Outages, WorkInHand],
      imports: [
        // No routes: one line per request comes from a Fastify hook, without a child logger each.
        LoggerModule.forRoot({
          pinoHttp: {
            logger,
            customAttributeKeys: { err: 'exception' },
            // pino-http would put its own serializers over ours and log queries and parameters.
            wrapSerializers: false,
            serializers: { exception: describeException, err: describeException },
          },
          renameContext: 'logger',
          forRoutes: [],
        }),
        openTelemetryModule(),
      ],
    };
  }
}
