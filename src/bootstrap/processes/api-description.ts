import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { pino } from 'pino';

import { faults } from '../../platform/faults/faults.feature.js';
import { createOpenApi } from '../../platform/http/openapi/openapi.js';
import { LogLevel } from '../../platform/observability/logging/log-level.js';
import { RequestDurations } from '../../platform/observability/metrics/request-durations.js';
import { AppModule } from './app.module.js';

/** The OpenAPI description of the API, as `openapi` prints it. */
export async function apiDescription(): Promise<object> {
  const address = { url: '', directUrl: '' };
  const app = await NestFactory.create(
    AppModule.forApi(
      {
        logger: pino({ enabled: false }),
        level: new LogLevel('info'),
        address,
        requests: new RequestDurations(),
      },
      false,
      // The drill switches are not part of the public API.
      [faults],
    ),
    new FastifyAdapter(),
    // Nothing is constructed: only routes and metadata are needed.
    { logger: false, preview: true, abortOnError: false },
  );
  return createOpenApi(app);
}
