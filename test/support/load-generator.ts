import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

// A process of its own, so that what it measures is not its own event loop under the test's load:
// `node load-generator.ts '<plan as JSON>'` prints the outcome as JSON.

/** A request to be sent over and over. */
export interface LoadRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A stretch of load: `clients` that each wait for their answer, or `rate` a second that do not. */
export interface LoadPhase {
  readonly seconds: number;
  readonly clients?: number;
  readonly rate?: number;
}

export interface LoadPlan {
  readonly url: string;
  readonly requests: readonly LoadRequest[];
  readonly phases: readonly LoadPhase[];
}

/** Milliseconds, from the moment a request was due. */
export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface LoadOutcome {
  readonly perSecond: { readonly ok: number; readonly refused: number };
  readonly sent: number;
  /** By status; 0 where no answer came. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly ok: Percentiles;
  readonly refused: Percentiles;
  /** Of `/health`, ten a second. */
  readonly probes: Percentiles;
  readonly probeStatuses: readonly number[];
  /** Until the first success of the phase. */
  readonly firstOkMs: number;
}

interface Sample {
  readonly status: number;
  readonly ms: number;
  readonly endedAt: number;
}

const PROBE_EVERY_MS = 100;

const plan = JSON.parse(process.argv[2] ?? '') as LoadPlan;
const agent = new Agent({ keepAlive: true });
const probeAgent = new Agent({ keepAlive: true });
const outcomes: LoadOutcome[] = [];
for (const phase of plan.phases) outcomes.push(await run(phase));
process.stdout.write(JSON.stringify(outcomes));
process.exit(0);

async function run(phase: LoadPhase): Promise<LoadOutcome> {
  const began = performance.now();
  const end = began + phase.seconds * 1000;
  const probing = probe(end);
  const samples =
    phase.rate === undefined
      ? await closedLoop(phase.clients ?? 1, end)
      : await openLoop(phase.rate, began, end);
  const probes = await probing;
  const of = (matches: (status: number) => boolean) =>
    samples.filter(({ status }) => matches(status));
  const ok = of((status) => status >= 200 && status < 300);
  const refused = of((status) => status === 503);
  const inTime = (list: readonly Sample[]) => list.filter(({ endedAt }) => endedAt <= end).length;
  return {
    perSecond: { ok: inTime(ok) / phase.seconds, refused: inTime(refused) / phase.seconds },
    sent: samples.length,
    statuses: countBy(samples.map(({ status }) => String(status))),
    ok: percentiles(ok),
    refused: percentiles(refused),
    probes: percentiles(probes),
    probeStatuses: [...new Set(probes.map(({ status }) => status))],
    firstOkMs: Math.min(...ok.map(({ endedAt }) => endedAt)) - began,
  };
}

async function closedLoop(clients: number, end: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  const client = async (offset: number) => {
    for (let index = offset; performance.now() < end; index += clients)
      samples.push(await send(pick(index), agent, performance.now()));
  };
  await Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
  return samples;
}

/** Sends at fixed moments whatever comes back, and counts from those moments: no coordinated omission. */
async function openLoop(rate: number, began: number, end: number): Promise<Sample[]> {
  const pending: Promise<Sample>[] = [];
  for (let index = 0; ; index += 1) {
    const due = began + (index * 1000) / rate;
    if (due >= end) break;
    const wait = due - performance.now();
    if (wait > 0.5) await delay(wait);
    pending.push(send(pick(index), agent, due));
  }
  return Promise.all(pending);
}

async function probe(end: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  while (performance.now() < end) {
    samples.push(await send({ method: 'GET', path: '/health' }, probeAgent, performance.now()));
    await delay(PROBE_EVERY_MS);
  }
  return samples;
}

function pick(index: number): LoadRequest {
  return plan.requests[index % plan.requests.length] as LoadRequest;
}

function send(
  { method, path, headers = {}, body }: LoadRequest,
  connections: Agent,
  due: number,
): Promise<Sample> {
  return new Promise((resolve) => {
    const finish = (status: number) => {
      const endedAt = performance.now();
      resolve({ status, ms: endedAt - due, endedAt });
    };
    const text = body === undefined ? '' : JSON.stringify(body);
    const outgoing = httpRequest(
      `${plan.url}${path}`,
      {
        method,
        agent: connections,
        headers: {
          ...(text !== '' && {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
          }),
          ...headers,
        },
      },
      (response) => response.resume().on('end', () => finish(response.statusCode ?? 0)),
    );
    outgoing.on('error', () => finish(0)).end(text);
  });
}

function percentiles(samples: readonly Sample[]): Percentiles {
  const sorted = samples.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const at = (share: number) =>
    Math.round((sorted[Math.ceil(sorted.length * share) - 1] ?? 0) * 10) / 10;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

function countBy(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}
