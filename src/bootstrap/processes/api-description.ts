import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';

import { faults } from '../../platform/faults/faults.feature.js';
import { createOpenApi } from '../../platform/http/openapi/openapi.js';
import { features } from '../features.js';
import { describedApi } from './described-api.js';

/** The OpenAPI description of the API, as `openapi` prints it. */
export async function apiDescription(): Promise<object> {
  const app = await NestFactory.create(
    // The drill switches are not part of the public API.
    await describedApi(features.filter((feature) => feature !== faults)),
    new FastifyAdapter(),
    // Nothing is constructed: only routes and metadata are needed.
    { logger: false, preview: true, abortOnError: false },
  );
  return createOpenApi(app);
}
