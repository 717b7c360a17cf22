import { spawn } from 'node:child_process';

import type { Target } from './closed-loop.js';
import { nodeArguments } from './launch.js';

export interface OpenLoopResult {
  /** Milliseconds from when a request was due. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Milliseconds by which the generator was late; a part of all times. */
  readonly lateP50: number;
}

/**
 * Times of requests at a constant arrival rate, from a generator in a process of its own.
 * @throws when a request fails.
 */
export async function openLoop(
  { url, headers = {} }: Target,
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
): Promise<OpenLoopResult> {
  const args = [url, JSON.stringify(headers), String(rate), String(seconds)];
  const child = spawn(process.execPath, [...nodeArguments('open-loop-generator'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const result = JSON.parse(output) as OpenLoopResult & { failed: number };
  if (result.failed > 0) throw new Error(`${result.failed} requests to ${url} failed`);
  return result;
}
