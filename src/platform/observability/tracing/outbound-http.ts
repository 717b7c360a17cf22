import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

import { errorType } from '../logging/exception.js';

const tracer = trace.getTracer('outbound-http');

/**
 * `fetch` with a client span, and with the trace and known baggage in its headers. Only scheme,
 * host and path are recorded: queries and headers may hold secrets.
 */
export async function tracedFetch(
  url: string,
  init: RequestInit & { readonly method: string },
): Promise<Response> {
  const { protocol, hostname, port, pathname } = new URL(url);
  const attributes = {
    'http.request.method': init.method,
    'url.full': `${protocol}//${hostname}${port && `:${port}`}${pathname}`,
    'server.address': hostname,
    'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
  };
  return tracer.startActiveSpan(
    init.method,
    { kind: SpanKind.CLIENT, attributes },
    async (span) => {
      const headers = new Headers(init.headers);
      propagation.inject(context.active(), headers, {
        set: (carrier, key, value) => carrier.set(key, value),
      });
      try {
        const response = await fetch(url, { ...init, headers });
        span.setAttribute('http.response.status_code', response.status);
        if (response.status >= 400) {
          span.setAttribute('error.type', String(response.status));
          span.setStatus({ code: SpanStatusCode.ERROR });
        }
        return response;
      } catch (error) {
        span.setAttribute('error.type', errorType(error));
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    },
  );
}
