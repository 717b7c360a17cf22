import type { ConfigType } from '@nestjs/config';
import { z } from 'zod';

import { area } from '../config/area.js';
import { values } from '../config/env.js';
import { section } from '../config/section.js';
import { packageVersion } from './package-info.js';
import { flag, oneOf, text } from '../config/variable-primitives.js';

const levels = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  WARNING: 'warn',
  ERROR: 'error',
  FATAL: 'fatal',
  CRITICAL: 'fatal',
} as const;

/** A log level by any of its usual names, in any case, as pino's lower-case name. */
export const logLevel = z
  .string()
  .transform((name) => levels[name.toUpperCase() as keyof typeof levels])
  .refine((level) => level !== undefined, {
    error: `must be one of ${Object.keys(levels).join(', ')}`,
  })
  .describe(
    Object.keys(levels)
      .map((level) => `\`${level}\``)
      .join(', ') + ', in any case',
  );

export const appArea = area({
  title: 'Identity and logs',
  variables: {
    ENVIRONMENT: {
      schema: oneOf(['development', 'test', 'staging', 'production']),
      fallback: 'development',
      about:
        'Where the process runs. Production rules hold unless it is development or test; the image sets `production`.',
    },
    SERVICE_NAME: {
      schema: text(100),
      fallback: 'cloudnative-user-api',
      about: 'Identity in logs and telemetry.',
    },
    OTEL_SERVICE_NAME: {
      schema: text(100),
      fallbackText: '`SERVICE_NAME`, with `-worker` or `-cli` behind it in these processes',
      about: 'Name of the process in logs and telemetry, where it is another one.',
    },
    APP_VERSION: {
      schema: text(100),
      fallback: packageVersion,
      fallbackText: 'package version',
      about: 'Version in logs, telemetry and `/health`.',
    },
    BUILD_ID: { schema: text(200), fallback: 'unknown', about: 'Build in logs and telemetry.' },
    DEBUG: { schema: flag, fallback: 'false', about: 'Log level DEBUG, overrides `LOG_LEVEL`.' },
    LOG_LEVEL: {
      schema: logLevel,
      fallback: 'INFO',
      about: 'Least level that is logged; `WARNING` = WARN, `CRITICAL` = FATAL.',
    },
    LOG_FORMAT: {
      schema: oneOf(['json', 'text']),
      fallback: 'json',
      about: '`json` for machines, `text` for people.',
    },
    LOG_CALLER: {
      schema: flag,
      fallback: 'false',
      about:
        'Adds `module`, `function` and `line` of the call site to each log line (costs a stack trace each).',
    },
    DATA_DIR: {
      schema: text(),
      fallback: '.data',
      about: 'Folder of the embedded database and the development mail outbox.',
    },
    POD_NAME: { schema: text(), about: 'Log field and resource attribute, from the downward API.' },
    POD_NAMESPACE: { schema: text(), about: 'Log field and resource attribute.' },
    NODE_NAME: { schema: text(), about: 'Log field and resource attribute.' },
  },
});

export const appConfig = section('app', appArea, (env) => ({
  environment: env.ENVIRONMENT,
  serviceName: env.SERVICE_NAME,
  version: env.APP_VERSION,
  buildId: env.BUILD_ID,
  logLevel: env.DEBUG ? 'debug' : env.LOG_LEVEL,
  logFormat: env.LOG_FORMAT,
  logCaller: env.LOG_CALLER,
  dataDir: env.DATA_DIR,
  podName: env.POD_NAME,
  podNamespace: env.POD_NAMESPACE,
  nodeName: env.NODE_NAME,
}));

/** The kinds of processes: suffixes of the service name. */
export type ProcessKind = 'api' | 'worker' | 'cli';

/** Identity of the process in logs and telemetry. */
export interface ProcessConfig extends ConfigType<typeof appConfig> {
  /** Whether `OTEL_SERVICE_NAME` sets the name of this process. */
  readonly hasOwnName: boolean;
}

/**
 * The configuration of a process of its kind: the API, the worker and the commands each have a
 * separate service name.
 */
export function appConfigOf(kind: ProcessKind): ProcessConfig {
  const config = appConfig();
  const given = values(appArea).OTEL_SERVICE_NAME;
  const { serviceName: name } = config;
  // A name that already has the suffix is not changed.
  const namesKind = kind === 'api' || name.split('-').at(-1) === kind;
  const serviceName = given ?? (namesKind ? name : `${name}-${kind}`);
  return { ...config, serviceName, hasOwnName: given !== undefined };
}
