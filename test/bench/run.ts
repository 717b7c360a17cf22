/**
 * `npm run bench [-- names] [--quick] [--rounds n] [--json file] [--url url [--header 'name: value']]`
 * Starts all it needs, measures each aim of docs/performance.md, prints tables and writes JSON.
 */
import { parseArgs } from 'node:util';

import { apiKey } from './aims/api-key.bench.js';
import { events } from './aims/events.bench.js';
import { hashing } from './aims/hashing.bench.js';
import { list } from './aims/list.bench.js';
import { mail } from './aims/mail.bench.js';
import { memory } from './aims/memory.bench.js';
import { read } from './aims/read.bench.js';
import { relay } from './aims/relay.bench.js';
import { signUp } from './aims/sign-up.bench.js';
import { start } from './aims/start.bench.js';
import { twoProcesses } from './aims/two-processes.bench.js';
import type { Benchmark, Effort } from './harness/benchmark.js';
import { openLab } from './harness/lab.js';
import { machine, type Result, table, writeJson } from './harness/report.js';

const all: readonly Benchmark[] = [
  memory,
  start,
  read,
  apiKey,
  signUp,
  events,
  relay,
  hashing,
  mail,
  list,
  twoProcesses,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    json: { type: 'string', default: 'bench-results/latest.json' },
    url: { type: 'string' },
    header: { type: 'string', multiple: true, default: [] },
  },
});
const unknown = positionals.filter((name) => !all.some((benchmark) => benchmark.name === name));
if (unknown.length > 0)
  throw new Error(
    `no benchmark ${unknown.join(', ')}; there are ${all.map(({ name }) => name).join(', ')}`,
  );

const { quick, url } = values;
const effort: Effort = {
  quick,
  rounds: Number(values.rounds ?? (quick ? 3 : 7)),
  seconds: quick ? 1 : 5,
  ...(url !== undefined && { other: { url, headers: headersOf(values.header) } }),
};

const started = performance.now();
const lab = await openLab();
const about = machine(lab.postgresVersion);
print(
  `${about.date}  ${about.cpus} CPUs (${about.cpu}), Node ${about.node}, PostgreSQL ${about.postgres}, load before ${about.load.toFixed(2)}\n`,
);
print('each figure: median, range of the rounds, and whether the median is what it is to be\n');
const results: Result[] = [];
try {
  for (const benchmark of all) {
    if (positionals.length > 0 && !positionals.includes(benchmark.name)) continue;
    const result = { benchmark, rows: await benchmark.run(lab, effort) };
    print(table(result));
    results.push(result);
  }
} finally {
  await lab.stop();
}
writeJson(values.json, about, results);
print(`\n${((performance.now() - started) / 1000).toFixed(0)} s; all figures in ${values.json}\n`);

function headersOf(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(lines.map((line) => line.split(/:\s*(.*)/s, 2) as [string, string]));
}

function print(text: string): void {
  process.stdout.write(text);
}
