import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { cleanEnvironment } from '../../support/cli.js';
import type { Benchmark, Row } from '../harness/benchmark.js';
import { builtArguments, launch } from '../harness/launch.js';
import { production } from '../harness/lab.js';
import { cpuSeconds } from '../harness/process-cost.js';

const MS_PER_SECOND = 1000;

const commands: readonly (readonly string[])[] = [
  ['migrate', '--status'],
  ['jobs', 'list'],
  ['cleanup', '--dry-run'],
  ['config'],
];

/** From the start of the process to the first 200 of `/ready`; whole runs of commands. */
export const start: Benchmark = {
  name: 'start',
  title: 'start to /ready on an existing database, and commands from start to end',
  async run(lab, { quick }) {
    const repetitions = quick ? 2 : 7;
    const cpu: number[] = [];
    const { url } = await lab.database('bench_start');
    const env = { ...production, DATABASE_URL: url };
    const starts = await repeat(repetitions, async () => {
      const started = performance.now();
      const server = await launch(builtArguments('main'), env, 5);
      const seconds = (performance.now() - started) / MS_PER_SECOND;
      cpu.push(cpuSeconds(server.pid));
      await server.stop();
      return seconds;
    });
    const rows: Row[] = [
      { what: 'API to /ready', unit: 's', digits: 3, figures: starts, aim: { atMost: 0.5 } },
      // Tells the program from a busy machine.
      { what: 'of it CPU time', unit: 's', digits: 3, figures: cpu.slice(1) },
    ];
    for (const command of commands) {
      const figures = await repeat(repetitions, () => timed(command, env));
      rows.push({
        what: `cli ${command.join(' ')}`,
        unit: 's',
        digits: 3,
        figures,
        aim: { atMost: 0.5 },
      });
    }
    return rows;
  },
};

async function repeat(times: number, measure: () => Promise<number>): Promise<number[]> {
  // The first one reads the files from disk.
  await measure();
  const figures: number[] = [];
  for (let index = 0; index < times; index += 1) figures.push(await measure());
  return figures;
}

/** Seconds of a whole command. */
async function timed(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [...builtArguments('cli'), ...command], {
    env: cleanEnvironment(env),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}`);
  return (performance.now() - started) / MS_PER_SECOND;
}
