/**
 * Sends GET requests at a constant rate, whatever the answers do, and prints their times as JSON. A
 * request's time counts from when it was due, not from when it was sent: otherwise a stalled server
 * would hide the wait of later requests (coordinated omission). Arguments: URL, headers as JSON,
 * requests per second, seconds.
 */
import { Agent, get } from 'node:http';

import { quantile } from '../harness/statistics.js';

/** Enough for a stall of a second at the rates used here, and below the usual limit of files. */
const CONNECTIONS = 512;
const MS = 1000;

const [url = '', headers = '{}', rate = '0', seconds = '0'] = process.argv.slice(2);
const interval = MS / Number(rate);
const total = Number(rate) * Number(seconds);
const options = {
  agent: new Agent({ keepAlive: true, maxSockets: CONNECTIONS }),
  headers: JSON.parse(headers) as Record<string, string>,
};

const times: number[] = [];
const late: number[] = [];
let sent = 0;
let failed = 0;
const start = performance.now() + 100;

function send(due: number): void {
  late.push(performance.now() - due);
  const done = (ok: boolean) => {
    if (ok) times.push(performance.now() - due);
    else failed += 1;
    if (times.length + failed === total) report();
  };
  get(url, options, (response) => {
    response.resume().on('end', () => done(response.statusCode === 200));
  }).on('error', () => done(false));
}

function tick(): void {
  while (sent < total && start + sent * interval <= performance.now()) {
    send(start + sent * interval);
    sent += 1;
  }
  if (sent < total) setTimeout(tick, Math.max(0, start + sent * interval - performance.now()));
}

function report(): void {
  const result = {
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    max: Math.max(...times),
    // How late the generator itself was: part of the times above.
    lateP50: quantile(late, 0.5),
    failed,
  };
  process.stdout.write(JSON.stringify(result));
  process.exit(0);
}

tick();
