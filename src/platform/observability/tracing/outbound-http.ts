import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

import { errorType } from '../logging/exception.js';

const tracer = trace.getTracer('outbound-http');

/** What a call carries beside its body. */
export interface OutboundCall {
  /** Bearer token, where the service wants one. */
  readonly token: string | undefined;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

/**
 * Posts JSON with a client span, and with the trace and known baggage in its headers. Only scheme,
 * host and path are recorded: queries and headers may hold secrets.
 * @returns the answer without its body. @throws what `fetch` throws, for redirects as well.
 */
export async function postJson(
  url: string,
  body: object,
  { token, idempotencyKey, signal }: OutboundCall,
): Promise<Response> {
  const { protocol, hostname, port, pathname } = new URL(url);
  const attributes = {
    'http.request.method': 'POST',
    'url.full': `${protocol}//${hostname}${port && `:${port}`}${pathname}`,
    'server.address': hostname,
    'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
  };
  return tracer.startActiveSpan('POST', { kind: SpanKind.CLIENT, attributes }, async (span) => {
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    propagation.inject(context.active(), headers);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
        redirect: 'error',
        signal,
      });
      span.setAttribute('http.response.status_code', response.status);
      if (response.status >= 400) {
        span.setAttribute('error.type', String(response.status));
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      // Unread bodies prevent the reuse of the connection.
      await response.body?.cancel();
      return response;
    } catch (error) {
      span.setAttribute('error.type', errorType(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
