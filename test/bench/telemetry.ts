import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { cli } from '../support/cli.js';
import { startOtlpSink } from '../support/otlp-sink.js';
import { startTestPostgres } from '../support/postgres.js';
import { API_KEY, type Service, startService } from '../support/service.js';

/**
 * What telemetry costs: CPU time of the API process per `GET /users/{id}`, for each more of it
 * switched on. All variants run at once on one database and take turns under load, so that the
 * machine's moods meet all of them; the ratio to `off` is what counts.
 */
const ROUNDS = Number(process.argv[2] ?? 5);
const SECONDS = 3;
const CONNECTIONS = 16;
/** USER_HZ of every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

const variants: Record<string, (endpoint: string) => Record<string, string>> = {
  off: () => ({ OTEL_SDK_DISABLED: 'true' }),
  logs: () => ({ OTEL_SDK_DISABLED: 'true' }),
  '+ metrics': () => ({}),
  '+ traces at 10 %': (endpoint) => traces(endpoint, '0.1'),
  '+ traces at 100 %': (endpoint) => traces(endpoint, '1'),
};

function traces(endpoint: string, ratio: string): Record<string, string> {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: ratio,
  };
}

const server = await startTestPostgres({ version: 'embedded' });
const url = await server.createDatabase('bench');
await cli(['migrate'], { DATABASE_URL: url });
const sink = await startOtlpSink();
const services: [string, Service][] = [];
for (const [name, env] of Object.entries(variants)) {
  const service = await startService({
    DATABASE_URL: url,
    EMAIL_SERVICE_URL: 'log:',
    JOBS_IN_API: 'false',
    ...env(sink.url),
  });
  if (name === 'off') {
    await service.request('/admin/log-level', {
      method: 'PUT',
      headers: { 'x-api-key': API_KEY },
      body: { level: 'fatal', seconds: 86_400 },
    });
  }
  services.push([name, service]);
}

const created = await services[0]?.[1].request('/users', {
  method: 'POST',
  body: { email: 'bench@example.com', name: 'Bench' },
});
const path = `/users/${String(created?.body['id'])}`;
for (const [, service] of services) await load(service, 1);

const results = new Map<string, number[]>(services.map(([name]) => [name, []]));
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, service] of services) results.get(name)?.push(await load(service, SECONDS));
}

const base = median(results.get('off') ?? []);
process.stdout.write('telemetry            CPU µs/req (median, min-max)   ratio to off\n');
for (const [name, figures] of results) {
  const [low, high] = [Math.min(...figures), Math.max(...figures)];
  process.stdout.write(
    `${name.padEnd(20)} ${median(figures).toFixed(0).padStart(5)}  (${low.toFixed(0)}-${high.toFixed(0)})`.padEnd(
      51,
    ) + ` ${(median(figures) / base).toFixed(2)}\n`,
  );
}
for (const [, service] of services) await service.stop();
await sink.stop();
await server.stop();

/** Closed-loop load by wrk. @returns microseconds of CPU time per request. */
async function load(service: Service, seconds: number): Promise<number> {
  const { pid = 0 } = service.process;
  const before = cpuTicks(pid);
  const output = await run('wrk', [
    '-t1',
    `-c${CONNECTIONS}`,
    `-d${seconds}s`,
    '-H',
    `X-API-Key: ${API_KEY}`,
    `${service.url}${path}`,
  ]);
  const requests = Number(/(\d+) requests in/.exec(output)?.[1]);
  if (!(requests > 0) || output.includes('Non-2xx')) throw new Error(`the load failed:\n${output}`);
  return (((cpuTicks(pid) - before) / TICKS_PER_SECOND) * 1e6) / requests;
}

/** User and system time of a process: fields 14 and 15 of proc(5) stat. */
function cpuTicks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

async function run(command: string, args: string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  return output;
}

function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
