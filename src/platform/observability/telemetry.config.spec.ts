import { parseArea } from '../config/env.js';
import { exportingOf } from './otlp.config.js';
import { telemetryArea } from './telemetry.config.js';

function parsed(env: Record<string, string>) {
  const result = parseArea(telemetryArea, env);
  if ('faults' in result) throw new Error(JSON.stringify(result.faults));
  return result.values;
}

const exporting = (env: Record<string, string>) => {
  const values = parsed(env);
  return {
    traces: exportingOf(values, 'TRACES', values.OTEL_TRACES_EXPORTER),
    metrics: exportingOf(values, 'METRICS', values.OTEL_METRICS_EXPORTER),
  };
};

const urls = (env: Record<string, string>) => {
  const { traces, metrics } = exporting(env);
  return [traces?.url, metrics?.url];
};

describe("OpenTelemetry's variables", () => {
  it.each([
    [{}, [undefined, undefined]],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318/base/' },
      ['http://c:4318/base/v1/traces', 'http://c:4318/base/v1/metrics'],
    ],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://t/x/' }, ['http://t/x/', undefined]],
    [{ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://m' }, [undefined, 'http://m/']],
    [
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c',
        OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://m/y',
      },
      ['http://c/v1/traces', 'http://m/y'],
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4317', OTEL_EXPORTER_OTLP_PROTOCOL: 'GRPC' },
      ['http://c:4317', 'http://c:4317'],
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_TRACES_EXPORTER: 'none' },
      [undefined, 'http://c/v1/metrics'],
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_METRICS_EXPORTER: 'prometheus' },
      ['http://c/v1/traces', undefined],
    ],
    [
      { OTEL_TRACES_EXPORTER: 'otlp', OTEL_METRICS_EXPORTER: 'prometheus, otlp' },
      ['http://localhost:4318/v1/traces', 'http://localhost:4318/v1/metrics'],
    ],
  ])('send as specified with %j', (env, expected) => {
    expect(urls(env as unknown as Record<string, string>)).toEqual(expected);
  });

  it('for one signal override those for all, and headers of both are sent', () => {
    const { traces, metrics } = exporting({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c',
      OTEL_EXPORTER_OTLP_HEADERS: 'a=1, api-key=x%2Cy%3Dz%20 ',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'a=2',
      OTEL_EXPORTER_OTLP_TIMEOUT: '7000',
      OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: '8000',
      OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'gzip',
    });
    expect(traces).toMatchObject({ timeoutMs: 7000, compression: 'gzip' });
    expect(traces?.headers).toEqual({ a: '2', 'api-key': 'x,y=z ' });
    expect(metrics).toMatchObject({ timeoutMs: 8000, compression: 'none' });
    expect(metrics?.headers).toEqual({ a: '1', 'api-key': 'x,y=z ' });
  });

  it.each([
    ['OTEL_TRACES_EXPORTER', 'console'],
    ['OTEL_METRICS_EXPORTER', 'none,otlp'],
    ['OTEL_LOGS_EXPORTER', 'otlp'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a b=c'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a=%zz'],
    ['OTEL_EXPORTER_OTLP_TIMEOUT', '0'],
    ['OTEL_EXPORTER_OTLP_COMPRESSION', 'zip'],
    ['OTEL_EXPORTER_OTLP_CERTIFICATE', '/nowhere'],
    ['OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY', '/dev/null'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'team=%'],
    ['OTEL_RESOURCE_ATTRIBUTES', '=x'],
    ['OTEL_TRACES_SAMPLER', 'jaeger_remote'],
    ['OTEL_METRIC_EXPORT_INTERVAL', '2000000001'],
    ['OTEL_BSP_MAX_QUEUE_SIZE', '0'],
    ['OTEL_PROPAGATORS', 'tracecontext'],
    ['OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', '10'],
  ])('refuse by name what would have no effect: %s=%s', (name, value) => {
    expect(parseArea(telemetryArea, { [name]: value })).toMatchObject({ faults: [{ name }] });
  });

  it('ignore variables that Kubernetes sets for a service whose name begins with OTEL', () => {
    expect(() => parsed({ OTEL_COLLECTOR_SERVICE_HOST: '10.0.0.1' })).not.toThrow();
  });
});
