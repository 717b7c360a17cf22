import {
  type Attributes,
  type Context,
  context,
  INVALID_SPANID,
  INVALID_TRACEID,
  propagation,
  trace,
} from '@opentelemetry/api';
import type { ConfigType } from '@nestjs/config';
import { type Logger, type LoggerOptions, pino } from 'pino';
import pretty from 'pino-pretty';

import { requestOf } from '../../common/request/request-context.js';
import type { appConfig } from '../../app/app.config.js';
import { callSite } from './call-site.js';
import { describeException } from './exception.js';
import type { LogLevel } from './log-level.js';
import { LogOutput } from './log-output.js';

type AppConfig = ConfigType<typeof appConfig>;

/** A field of a line: the context it belongs to, where that is not the active one. */
export const WITHIN = Symbol('context of a log line');

interface Within {
  readonly [WITHIN]?: Context;
}

/**
 * The process's logger: JSON lines with the keys of docs/observability.md, or text for people.
 * @param fields that lines may have beside those of every line. Others are dropped: an unexpected
 * field, such as a secret, does not reach the log.
 * @param fd 1 for services; 2 for commands, whose stdout is their result.
 * @param level what may change the level while the process runs.
 */
export function createLogger(
  config: AppConfig,
  fields: readonly string[],
  fd: 1 | 2 = 1,
  level?: LogLevel,
): Logger {
  const logger = build(config, fields, fd, level);
  level?.follow(logger);
  return logger;
}

function build(
  config: AppConfig,
  fields: readonly string[],
  fd: 1 | 2,
  level: LogLevel | undefined,
): Logger {
  const options: LoggerOptions = {
    level: config.logLevel,
    ...(level && { onChild: level.follow }),
    messageKey: 'message',
    errorKey: 'exception',
    timestamp,
    base: identity(config),
    formatters: {
      level: (label) => ({ level: label.toUpperCase() }),
      log: keepOnly(new Set([...CORRELATION, ...fields])),
    },
    serializers: { exception: describeException },
    mixin: config.logCaller ? (line) => ({ ...correlation(line), ...callSite() }) : correlation,
  };
  if (config.logFormat === 'json') return pino(options, new LogOutput(fd));
  return pino(options, textStream(fd, Object.keys(identity(config))));
}

let moment = { at: 0, text: '' };

/** The time as ISO 8601 text, made once a millisecond. */
function timestamp(): string {
  const at = Date.now();
  if (at !== moment.at) moment = { at, text: `,"timestamp":"${new Date(at).toISOString()}"` };
  return moment.text;
}

function identity(config: AppConfig): Record<string, string> {
  return {
    service_name: config.serviceName,
    service_version: config.version,
    app_version: config.version,
    build_id: config.buildId,
    environment: config.environment,
    ...(config.podName && { pod_name: config.podName }),
    ...(config.podNamespace && { pod_namespace: config.podNamespace }),
    ...(config.nodeName && { node_name: config.nodeName }),
  };
}

/** Fields of the context of a line. */
const CORRELATION = ['request_id', 'user_id', 'trace_id', 'span_id', 'module', 'function', 'line'];

/** Drops every other field. */
function keepOnly(known: ReadonlySet<string>) {
  return (fields: Record<string, unknown>): Record<string, unknown> => {
    const kept: Record<string, unknown> = {};
    for (const key in fields) {
      if (known.has(key) || key.startsWith('baggage_')) kept[key] = fields[key];
    }
    if ('err' in fields) kept['exception'] = fields['err'];
    return kept;
  };
}

function correlation({ [WITHIN]: within = context.active() }: Within): Record<string, unknown> {
  const span = trace.getSpan(within)?.spanContext();
  const request = requestOf(within);
  const fields: Attributes = {
    trace_id: span?.traceId ?? INVALID_TRACEID,
    span_id: span?.spanId ?? INVALID_SPANID,
  };
  if (request !== undefined) {
    fields['request_id'] = request.requestId;
    if (request.principal.kind === 'user') fields['user_id'] = request.principal.userId;
  }
  for (const [key, entry] of propagation.getBaggage(within)?.getAllEntries() ?? []) {
    fields[`baggage_${key}`] = entry.value;
  }
  return fields;
}

function textStream(fd: 1 | 2, hidden: string[]) {
  return pretty({
    destination: fd,
    sync: true,
    messageKey: 'message',
    timestampKey: 'timestamp',
    levelKey: 'level',
    customLevels: 'TRACE:10,DEBUG:20,INFO:30,WARN:40,ERROR:50,FATAL:60',
    colorize: process.stdout.isTTY,
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: [...hidden, 'trace_id', 'span_id', 'logger'].join(','),
    messageFormat: '{logger} {message}',
  });
}
