import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { Client } from 'pg';

import { codeOf, errorType } from './exception.js';

type Query = (this: Client, ...args: unknown[]) => unknown;

/** The first word, or that of the first part of a WITH: what a statement is about. */
const NAME = /^\s*(?:WITH\b[^]*?\bAS\s*\(\s*)?(?<operation>[A-Z]+)/i;

/**
 * Client spans for statements, below a recording span only: otherwise the query runs as if this
 * were not here. Half the cost of the general instrumentation, which also wraps pools, callbacks
 * and connections. Statements are parametrised, so their text holds no values.
 */
export function traceDatabase(): void {
  const tracer = trace.getTracer('pg');
  const prototype = Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  prototype.query = function traced(this: Client, ...args: unknown[]): unknown {
    const parent = trace.getActiveSpan();
    if (parent === undefined || !parent.isRecording()) return query.apply(this, args);
    const text = statementText(args[0]);
    const operation = NAME.exec(text)?.groups?.['operation']?.toUpperCase() ?? 'QUERY';
    const span = tracer.startSpan(`${operation} ${this.database ?? ''}`.trimEnd(), {
      kind: SpanKind.CLIENT,
      attributes: {
        'db.system.name': 'postgresql',
        'db.namespace': this.database ?? '',
        'db.operation.name': operation,
        'db.query.text': text,
        'server.address': this.host,
        'server.port': this.port,
      },
    });
    const end = (error?: unknown) => {
      if (error !== undefined && error !== null) {
        const code = codeOf(error);
        span.setAttribute('error.type', code ?? errorType(error));
        if (code !== undefined) span.setAttribute('db.response.status_code', code);
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    };
    // The driver calls back, or returns a promise; pools do the first, everybody else the second.
    const last = args.at(-1);
    if (typeof last === 'function') {
      const callback = context.bind(context.active(), last as (...results: unknown[]) => unknown);
      const observed = (error: unknown, ...results: unknown[]) => {
        end(error);
        return callback(error, ...results);
      };
      return query.apply(this, [...args.slice(0, -1), observed]);
    }
    const result = query.apply(this, args);
    if (result instanceof Promise) {
      result.then(
        () => end(),
        (error: unknown) => end(error),
      );
    } else {
      end();
    }
    return result;
  };
}

function statementText(query: unknown): string {
  if (typeof query === 'string') return query;
  const text = (query as { text?: unknown } | null)?.text;
  return typeof text === 'string' ? text : '';
}
