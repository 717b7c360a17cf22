import type { RequestDurations } from './request-durations.js';

export const OPENMETRICS_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

/** Labels of these are never escaped: methods, routes and numbers. */
const BUCKET =
  /^http_request_duration_seconds_bucket\{method="(?<method>.*)",endpoint="(?<endpoint>.*)",status_code="(?<status>.*)",le="(?<bound>.*)"\} /;

type Exemplars = Pick<RequestDurations, 'exemplar'>;

/**
 * Prometheus text as OpenMetrics 1.0: counters are declared without `_total`, buckets of the
 * request duration carry exemplars, and the end is marked.
 * https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export function toOpenMetrics(text: string, exemplars: Exemplars): string {
  const counters = new Set(
    [...text.matchAll(/^# TYPE (\S+)_total counter$/gm)].map(([, name]) => name ?? ''),
  );
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (line.startsWith('#') ? declaration(line, counters) : sample(line, exemplars)));
  return `${[...lines, '# EOF'].join('\n')}\n`;
}

function declaration(line: string, counters: ReadonlySet<string>): string {
  const [, kind, name, rest] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
  const family = name?.replace(/_total$/, '');
  return family !== undefined && counters.has(family) ? `# ${kind} ${family} ${rest}` : line;
}

function sample(line: string, exemplars: Exemplars): string {
  const { method, endpoint, status, bound } = BUCKET.exec(line)?.groups ?? {};
  if (method === undefined || endpoint === undefined || status === undefined) return line;
  const labels = { method, endpoint, status_code: status };
  const found = exemplars.exemplar(labels, bound === '+Inf' ? Infinity : Number(bound));
  if (found === undefined) return line;
  const { traceId, spanId, value, at } = found;
  return `${line} # {trace_id="${traceId}",span_id="${spanId}"} ${value} ${at.toFixed(3)}`;
}
