import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** SpanKind of the OTLP protocol. */
const SERVER = 2;

interface TraceExport {
  readonly resourceSpans?: readonly {
    readonly scopeSpans: readonly {
      readonly spans: readonly { readonly traceId: string; readonly kind: number }[];
    }[];
  }[];
}

/** An OTLP receiver over HTTP and JSON that keeps nothing but which traces have a server span. */
export interface SpanCollector {
  /** What a process of ours has to be told. */
  readonly env: Readonly<Record<string, string>>;
  readonly traces: ReadonlySet<string>;
  stop(): Promise<void>;
}

export async function startSpanCollector(): Promise<SpanCollector> {
  const traces = new Set<string>();
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      const { resourceSpans = [] } = JSON.parse(text) as TraceExport;
      for (const { scopeSpans } of resourceSpans)
        for (const { spans } of scopeSpans)
          for (const { traceId, kind } of spans) if (kind === SERVER) traces.add(traceId);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    },
    traces,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
