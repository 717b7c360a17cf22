import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { MockOtlpServer } from '@elastic/mockotlpserver';

interface OtlpAttribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** A span as the receiver got it, with its attributes as a plain object. */
export interface ReceivedSpan {
  readonly name: string;
  readonly kind: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly service: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly { readonly name: string }[];
  readonly failed: boolean;
}

interface RawSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: Buffer;
  readonly spanId: Buffer;
  readonly parentSpanId?: Buffer;
  readonly attributes?: readonly OtlpAttribute[];
  readonly events?: readonly { readonly name: string }[];
  readonly status?: { readonly code?: number };
}

interface RawTrace {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly RawSpan[] }[];
  }[];
}

interface RawMetrics {
  readonly resourceMetrics: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] };
    readonly scopeMetrics: readonly {
      readonly metrics: readonly { readonly name: string; readonly unit?: string }[];
    }[];
  }[];
}

/** SpanKind of the OTLP protocol. */
const kinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

/** A real OTLP receiver on loopback. */
export interface OtlpReceiver {
  /** Endpoint for OTLP over HTTP. */
  readonly url: string;
  /** Endpoint for OTLP over gRPC. */
  readonly grpcUrl: string;
  readonly spans: readonly ReceivedSpan[];
  /** Names of the metrics that were exported. */
  readonly metrics: ReadonlySet<string>;
  /** Units of the metrics, by their names. */
  readonly units: ReadonlyMap<string, string>;
  /** Attributes of each resource that something came from. */
  readonly resources: readonly Readonly<Record<string, unknown>>[];
  /** Everything that was received, as text, to look for what must not be in it. */
  text(): string;
  stop(): Promise<void>;
}

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const metrics = new Set<string>();
  const units = new Map<string, string>();
  const resources: Record<string, unknown>[] = [];
  const texts: string[] = [];
  const server = new MockOtlpServer({
    logLevel: 'fatal',
    services: ['http', 'grpc'],
    httpHostname: '127.0.0.1',
    httpPort: 0,
    grpcHostname: '127.0.0.1',
    grpcPort: 0,
    onTrace: (trace: RawTrace) => {
      texts.push(JSON.stringify(trace));
      for (const { resource, scopeSpans } of trace.resourceSpans) {
        resources.push(plain(resource.attributes));
        const service = String(plain(resource.attributes)['service.name']);
        spans.push(
          ...scopeSpans.flatMap((scope) => scope.spans.map((span) => received(span, service))),
        );
      }
    },
    onMetrics: (message: RawMetrics) => {
      for (const { resource, scopeMetrics } of message.resourceMetrics) {
        resources.push(plain(resource.attributes));
        for (const { name, unit = '' } of scopeMetrics.flatMap((scope) => scope.metrics))
          units.set(name, unit);
      }
      const text = JSON.stringify(message);
      texts.push(text);
      for (const [, name] of text.matchAll(/"name":"([a-z0-9_]+)"/g)) metrics.add(name ?? '');
    },
  });
  await server.start();
  return {
    url: server.httpUrl.href.replace(/\/$/, ''),
    grpcUrl: server.grpcUrl.href.replace(/\/$/, ''),
    spans,
    metrics,
    units,
    resources,
    text: () => texts.join('\n'),
    stop: () => server.close(),
  };
}

function received(span: RawSpan, service: string): ReceivedSpan {
  return {
    name: span.name,
    kind: kinds[span.kind] ?? 'unspecified',
    traceId: hex(span.traceId),
    spanId: hex(span.spanId),
    parentSpanId: span.parentSpanId?.length ? hex(span.parentSpanId) : undefined,
    service,
    attributes: plain(span.attributes ?? []),
    events: span.events ?? [],
    failed: span.status?.code === 2,
  };
}

function hex(bytes: Buffer): string {
  return Buffer.from(bytes).toString('hex');
}

function plain(attributes: readonly OtlpAttribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

/** A receiver that is unwell: it hangs, or answers 500. */
export interface UnwellReceiver {
  readonly url: string;
  readonly requests: () => number;
  stop(): Promise<void>;
}

export async function startUnwellReceiver(how: 'hangs' | 'fails'): Promise<UnwellReceiver> {
  let count = 0;
  const server: Server = createServer((request: IncomingMessage, response) => {
    count += 1;
    request.resume();
    if (how === 'fails') response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => count,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
