import { readFileSync, writeFileSync } from 'node:fs';

import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import openapiTS, { astToString } from 'openapi-typescript';
import { pino } from 'pino';
import { format, resolveConfig } from 'prettier';

import { AppModule } from '../src/bootstrap/processes/app.module.js';
import { createOpenApi } from '../src/platform/http/openapi/openapi.js';
import { LogLevel } from '../src/platform/observability/logging/log-level.js';
import { RequestDurations } from '../src/platform/observability/metrics/request-durations.js';

/**
 * Writes the types of the client from the API description, the one that `node dist/cli openapi`
 * prints. With `--check` it writes nothing and fails when they are stale.
 */
const FILE = 'client/schema.d.ts';

const app = await NestFactory.create(
  AppModule.forApi(
    {
      logger: pino({ enabled: false }),
      level: new LogLevel('info'),
      address: { url: '', directUrl: '' },
      requests: new RequestDurations(),
    },
    false,
    false,
  ),
  new FastifyAdapter(),
  { logger: false, preview: true, abortOnError: false },
);
const description = JSON.stringify(createOpenApi(app));
const types = astToString(await openapiTS(description));
const text = await format(
  `/** The API, generated from its description by \`npm run client\`. */\n${types}`,
  { ...(await resolveConfig(FILE)), filepath: FILE },
);

if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else if (readFileSync(FILE, 'utf8') !== text) {
  process.stderr.write(`${FILE} is stale: run npm run client\n`);
  process.exitCode = 1;
}
