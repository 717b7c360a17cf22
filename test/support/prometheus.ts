import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from './free-port.js';
import { waitFor } from './wait-for.js';

/** One series of an instant query's result. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

interface RawSample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

interface Exemplars {
  readonly seriesLabels: Readonly<Record<string, string>>;
  readonly exemplars: readonly { readonly labels: Readonly<Record<string, string>> }[];
}

/** A real Prometheus that scrapes every second and evaluates rules as often. */
export interface Prometheus {
  /** @throws with Prometheus' own words when the query is wrong. */
  query(expression: string): Promise<Sample[]>;
  exemplars(expression: string): Promise<Exemplars[]>;
  /** Names of the alerts that fire. */
  firingAlerts(): Promise<string[]>;
  /** Waits for another scrape of the job that worked from its beginning. */
  scrape(job: string): Promise<void>;
  stop(): Promise<void>;
}

/** @param targets address by job. @param rules absolute path of a rule file. */
export async function startPrometheus(
  targets: Readonly<Record<string, string>>,
  rules: string,
): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'prometheus-'));
  const config = join(folder, 'prometheus.json');
  await writeFile(config, JSON.stringify(configuration(targets, rules)));
  const port = await freePort();
  const child = spawn(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--enable-feature=exemplar-storage',
      '--log.level=warn',
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const exited = once(child, 'exit');
  const api = `http://127.0.0.1:${port}`;
  await waitFor('Prometheus to be ready', async () => {
    if (child.exitCode !== null) throw new Error(`Prometheus ended with ${child.exitCode}: ${log}`);
    return (await fetch(`${api}/-/ready`)).ok;
  });

  const get = async <Data>(path: string, parameters: Record<string, string> = {}) => {
    const response = await fetch(
      `${api}/api/v1/${path}?${new URLSearchParams(parameters).toString()}`,
    );
    const answer = (await response.json()) as { status: string; error?: string; data: Data };
    if (answer.status !== 'success') throw new Error(`${answer.error} in ${parameters['query']}`);
    return answer.data;
  };
  const query = async (expression: string): Promise<Sample[]> => {
    const { result } = await get<{ result: RawSample[] }>('query', { query: expression });
    return result.map(({ metric, value: [, text] }) => ({ metric, value: Number(text) }));
  };
  const scrapes = async (job: string) =>
    (await query(`sum(sum_over_time(up{job="${job}"}[1h]))`))[0]?.value ?? 0;
  return {
    query,
    exemplars: (expression) =>
      get('query_exemplars', {
        query: expression,
        start: String(Date.now() / 1000 - 3600),
        end: String(Date.now() / 1000 + 60),
      }),
    firingAlerts: async () => {
      const firing = await query('ALERTS{alertstate="firing"}');
      return firing.map(({ metric }) => metric['alertname'] ?? '');
    },
    // The next one may have begun already.
    scrape: async (job) => {
      const before = await scrapes(job);
      await waitFor(`scrapes of ${job}`, async () => (await scrapes(job)) >= before + 2);
    },
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Prometheus reads YAML, and JSON is YAML. */
function configuration(targets: Readonly<Record<string, string>>, rules: string): object {
  return {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: [rules],
    scrape_configs: Object.entries(targets).map(([job, target]) => ({
      job_name: job,
      static_configs: [{ targets: [target] }],
    })),
  };
}

/** Runs promtool. */
export async function promtool(
  args: readonly string[],
  input = '',
): Promise<{ readonly code: number | null; readonly output: string }> {
  // Its garbage collector takes a fifth of the time of rule tests otherwise.
  const env = { ...process.env, GOGC: '400' };
  const child = spawn('promtool', args, { stdio: 'pipe', env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  child.stdin.end(input);
  await once(child, 'close');
  return { code: child.exitCode, output };
}
