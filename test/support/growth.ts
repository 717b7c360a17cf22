import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Service } from './service.js';
import { waitFor } from './wait-for.js';

const MEBIBYTE = 1024 * 1024;

/** What may grow in a process; memory in MiB, the rest in numbers. */
export interface Footprint {
  /** After all garbage was collected. */
  readonly heap: number;
  readonly resident: number;
  readonly handles: number;
  readonly files: number;
  readonly connections: number;
  /** Lines of `/metrics` that are no comments. */
  readonly series: number;
}

/** For the environment of a process whose footprint is taken. */
export const collectingGarbage = {
  NODE_OPTIONS: `--import=${join(import.meta.dirname, 'collect-garbage.mjs')}`,
};

/** Takes the measure of a process that was started with `collectingGarbage`. */
export async function footprint(service: Service): Promise<Footprint> {
  const collections = () => service.output().split('garbage collected').length;
  const before = collections();
  service.process.kill('SIGUSR2');
  await waitFor('garbage to be collected', () => collections() > before);
  const { text } = await service.get('/metrics');
  const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const sum = (name: string) =>
    series
      .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
      .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' '))), 0);
  return {
    heap: sum('nodejs_heap_size_used_bytes') / MEBIBYTE,
    resident: sum('process_resident_memory_bytes') / MEBIBYTE,
    handles: sum('nodejs_active_resources'),
    files: readdirSync(`/proc/${service.process.pid}/fd`).length,
    connections: sum('db_pool_connections'),
    series: series.length,
  };
}

/** How something developed: its mean, and by how much it grew from the first to the last value. */
export interface Growth {
  readonly mean: number;
  readonly grown: number;
}

/** The line of least squares through values that were taken at equal distances. */
export function growth(values: readonly number[]): Growth {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const middle = (count - 1) / 2;
  const covariance = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
  const variance = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  return { mean, grown: (covariance / variance) * (count - 1) };
}
