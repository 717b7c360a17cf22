import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { dirname } from 'node:path';

import { type Aim, type Benchmark, isMet, type Row } from './benchmark.js';
import { median, spread } from './statistics.js';

const GIB = 1024 ** 3;

export interface Result {
  readonly benchmark: Benchmark;
  readonly rows: readonly Row[];
}

/** Machine and moment, without which figures mean nothing. */
export function machine(postgresVersion: number) {
  return {
    date: new Date().toISOString(),
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    cpus: cpus().length,
    cpu: cpus()[0]?.model.trim() ?? '',
    memoryGib: Math.round(totalmem() / GIB),
    kernel: release(),
    node: process.version,
    postgres: postgresVersion,
    /** Above the number of CPUs before the start, others were at work as well. */
    load: loadavg()[0] ?? Number.NaN,
  };
}

/** Lines of one benchmark, for people. */
export function table({ benchmark, rows }: Result): string {
  const width = Math.max(...rows.map(({ what }) => what.length));
  const lines = rows.map(({ what, unit, digits, figures, aim }) => {
    const { middle, range } = spread(figures, digits);
    const met = isMet(aim, median(figures));
    const verdict = met === undefined ? '' : `${aimText(aim)} ${met ? 'met' : 'NOT MET'}`;
    return `  ${what.padEnd(width)} ${middle.padStart(9)} ${unit.padEnd(12)} ${range.padEnd(17)} ${verdict}`.trimEnd();
  });
  return `\n${benchmark.name}: ${benchmark.title}\n${lines.join('\n')}\n`;
}

/** Everything for machines. */
export function writeJson(
  file: string,
  about: ReturnType<typeof machine>,
  results: readonly Result[],
): void {
  mkdirSync(dirname(file), { recursive: true });
  const benchmarks = results.map(({ benchmark, rows }) => ({
    name: benchmark.name,
    title: benchmark.title,
    rows: rows.map((row) => {
      const middle = median(row.figures);
      return { ...row, median: middle, met: isMet(row.aim, middle) };
    }),
  }));
  writeFileSync(file, `${JSON.stringify({ machine: about, benchmarks }, null, 2)}\n`);
}

function aimText(aim: Aim | undefined): string {
  if (aim === undefined) return '';
  return 'atMost' in aim ? `<= ${aim.atMost}` : `>= ${aim.atLeast}`;
}
