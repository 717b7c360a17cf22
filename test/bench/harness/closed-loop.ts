import { spawn } from 'node:child_process';
import { join } from 'node:path';

const SCRIPT = join(import.meta.dirname, 'closed-loop.lua');
const MICRO = 1e-6;
/** Numbers of one run never meet those of the next. */
const NUMBERS_PER_RUN = 10_000_000;
let runs = 0;

/** What is sent, and where. */
export interface Target {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes it a POST of this JSON; `%d` becomes a number of each request's own. */
  readonly body?: string;
}

export interface ClosedLoopResult {
  readonly requests: number;
  readonly perSecond: number;
}

/**
 * Keeps a number of connections busy for a while, by wrk.
 * @throws when wrk is missing, and when any answer was not 2xx or 3xx: failures are quick.
 */
export async function closedLoop(
  { url, headers = {}, body }: Target,
  {
    seconds,
    connections = 32,
  }: { readonly seconds: number; readonly connections?: number | undefined },
): Promise<ClosedLoopResult> {
  const started = performance.now();
  const output = await wrk([
    '-t1',
    `-c${connections}`,
    `-d${Math.ceil(seconds)}s`,
    '--timeout=10s',
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    ...(body === undefined ? [] : ['-s', SCRIPT]),
    url,
    ...(body === undefined ? [] : ['--', body, String((runs += 1) * NUMBERS_PER_RUN)]),
  ]);
  const elapsed = (performance.now() - started) / 1000;
  const [, requests, took, unit] = /(\d+) requests in ([\d.]+)(us|ms|s|m)/.exec(output) ?? [];
  // None at all is an answer too: threads that hash start slowly on a busy machine.
  if (requests === undefined || /Non-2xx|Socket errors/.test(output))
    throw new Error(`the load on ${url} failed after ${elapsed.toFixed(1)} s:\n${output}`);
  const scale = { us: MICRO, ms: 1e-3, s: 1, m: 60 }[unit as 'us' | 'ms' | 's' | 'm'];
  return { requests: Number(requests), perSecond: Number(requests) / (Number(took) * scale) };
}

async function wrk(args: readonly string[]): Promise<string> {
  const child = spawn('wrk', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await new Promise((resolve, reject) => {
    child.on('close', resolve).on('error', (cause) => {
      reject(new Error('wrk is needed for the load: apt-get install wrk', { cause }));
    });
  });
  return output;
}
