import { tracingChannel } from 'node:diagnostics_channel';

import { type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

import { errorType } from '../logging/exception.js';

/** What node-redis publishes with a command; see its README on diagnostics channels. */
interface CommandMessage {
  readonly command?: string;
  readonly serverAddress?: string;
  readonly serverPort?: number;
  span?: Span;
  error?: unknown;
}

/** Client spans for Redis commands below a recording span; names only, no keys and no values. */
export function traceRedis(): void {
  const tracer = trace.getTracer('redis');
  tracingChannel<string, CommandMessage>('node-redis:command').subscribe({
    start(message) {
      if (trace.getActiveSpan()?.isRecording() !== true) return;
      const operation = (message.command ?? 'COMMAND').toUpperCase();
      message.span = tracer.startSpan(operation, {
        kind: SpanKind.CLIENT,
        attributes: {
          'db.system.name': 'redis',
          'db.operation.name': operation,
          ...(message.serverAddress !== undefined && { 'server.address': message.serverAddress }),
          ...(message.serverPort !== undefined && { 'server.port': message.serverPort }),
        },
      });
    },
    end() {},
    asyncStart() {},
    error(message) {
      message.span?.setStatus({ code: SpanStatusCode.ERROR });
      message.span?.setAttribute('error.type', errorType(message.error));
    },
    asyncEnd(message) {
      message.span?.end();
    },
  });
}
