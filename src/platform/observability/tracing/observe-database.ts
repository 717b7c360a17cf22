import {
  context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { Client } from 'pg';

import { codeOf } from '../../common/errors.js';
import { errorType } from '../logging/exception.js';
import { operationOf, type StatementDurations } from '../metrics/statement-durations.js';

type Query = (this: Client, ...args: unknown[]) => unknown;

/**
 * Measures all statements, and has client spans for those below a recording span. Half the cost of
 * the general instrumentation, which also wraps pools and connections.
 * @param traced whether traces are recorded at all.
 * @returns what ends the measuring.
 */
export function observeDatabase(durations: StatementDurations, traced: boolean): () => void {
  const tracer = traced ? trace.getTracer('pg') : undefined;
  const prototype = Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  prototype.query = function observed(this: Client, ...args: unknown[]): unknown {
    const text = statementText(args[0]);
    const operation = operationOf(text);
    const span = tracer && startSpan(tracer, this, text, operation);
    const since = performance.now();
    const end = (error?: unknown) => {
      durations.of(operation).record((performance.now() - since) / 1000);
      if (span) endSpan(span, error);
    };
    // The driver uses callbacks for pools, and promises for all others.
    const last = args.at(-1);
    if (typeof last === 'function') {
      const given = last as (...results: unknown[]) => unknown;
      const callback = span ? context.bind(context.active(), given) : given;
      args[args.length - 1] = (error: unknown, ...results: unknown[]) => {
        end(error);
        return callback(error, ...results);
      };
      return query.apply(this, args);
    }
    const result = query.apply(this, args);
    if (result instanceof Promise) result.then(() => end(), end);
    else end();
    return result;
  };
  return () => void (prototype.query = query);
}

/** Below a recording span only. Statements are parametrised, so their text holds no values. */
function startSpan(
  tracer: Tracer,
  { database = '', host, port }: Client,
  text: string,
  operation = 'QUERY',
): Span | undefined {
  if (trace.getActiveSpan()?.isRecording() !== true) return undefined;
  return tracer.startSpan(`${operation} ${database}`.trimEnd(), {
    kind: SpanKind.CLIENT,
    attributes: {
      'db.system.name': 'postgresql',
      'db.namespace': database,
      'db.operation.name': operation,
      'db.query.text': text,
      'server.address': host,
      'server.port': port,
    },
  });
}

function endSpan(span: Span, error: unknown): void {
  if (error !== undefined && error !== null) {
    const code = codeOf(error);
    span.setAttribute('error.type', code ?? errorType(error));
    if (code !== undefined) span.setAttribute('db.response.status_code', code);
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

function statementText(query: unknown): string {
  if (typeof query === 'string') return query;
  const text = (query as { text?: unknown } | null)?.text;
  return typeof text === 'string' ? text : '';
}
