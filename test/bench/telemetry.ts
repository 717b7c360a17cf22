import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';

import { cleanEnvironment, cli } from '../support/cli.js';
import { startOtlpSink } from '../support/otlp-sink.js';
import { startTestPostgres } from '../support/postgres.js';
import { freePort } from '../support/free-port.js';
import { API_KEY, request } from '../support/service.js';
import { waitFor } from '../support/wait-for.js';

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
const services: [string, Process][] = [];
for (const [name, env] of Object.entries(variants)) {
  const service = await start({
    DATABASE_URL: url,
    EMAIL_SERVICE_URL: 'log:',
    JOBS_IN_API: 'false',
    RATE_LIMIT_REQUESTS: '0',
    ...env(sink.url),
  });
  if (name === 'off') {
    await request(`${service.url}/admin/log-level`, {
      method: 'PUT',
      headers: { 'x-api-key': API_KEY },
      body: { level: 'fatal', seconds: 86_400 },
    });
  }
  services.push([name, service]);
}

const created = await request<{ id: string }>(`${services[0]?.[1].url}/users`, {
  method: 'POST',
  body: { email: 'bench@example.com', name: 'Bench' },
});
const path = `/users/${created.body.id}`;
for (const [, service] of services) await load(service, 1);

const results = new Map<string, number[]>(services.map(([name]) => [name, []]));
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, service] of services) results.get(name)?.push(await load(service, SECONDS));
}

const off = results.get('off') ?? [];
process.stdout.write(
  'telemetry            CPU µs/req (median, min-max)   ratio to off in the same round\n',
);
for (const [name, figures] of results) {
  const [low, high] = [Math.min(...figures), Math.max(...figures)];
  const ratios = figures.map((value, round) => value / (off[round] ?? Number.NaN));
  const cost = `${median(figures).toFixed(0).padStart(5)}  (${low.toFixed(0)}-${high.toFixed(0)})`;
  const ratio = `${median(ratios).toFixed(2)}  (${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)})`;
  process.stdout.write(`${name.padEnd(20)} ${cost.padEnd(31)} ${ratio}\n`);
}
for (const [, { child }] of services) child.kill('SIGTERM');
await sink.stop();
await server.stop();

interface Process {
  readonly child: ChildProcess;
  readonly url: string;
}

/** The built API with its log thrown away: a pipe would measure whoever reads it. */
async function start(env: Record<string, string>): Promise<Process> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ['dist/main.js'], {
    env: cleanEnvironment({ API_KEY, HOST: '127.0.0.1', PORT: String(port), ...env }),
    stdio: ['ignore', openSync('/dev/null', 'w'), 'inherit'],
  });
  await waitFor('the service', async () => (await request(`${address}/ready`)).status === 200);
  return { child, url: address };
}

/** Closed-loop load by wrk. @returns microseconds of CPU time per request. */
async function load(service: Process, seconds: number): Promise<number> {
  const { pid = 0 } = service.child;
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
