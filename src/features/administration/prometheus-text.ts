import type { JobAdmin } from '../../platform/jobs/queue/job-admin.js';
import type { UserFigure } from './user-statistics.js';

/** Business figures at one moment. */
export interface Snapshot {
  readonly taken_at: string;
  readonly users: readonly UserFigure[];
  readonly jobs: Awaited<ReturnType<JobAdmin['depths']>>;
}

/** The snapshot in Prometheus' text format, for node_exporter's textfile collector or a push. */
export function toPrometheus({ users, jobs, taken_at }: Snapshot): string {
  const byProperty = Map.groupBy(users, ({ property }) => property);
  const families = [...byProperty].map(([property, figures]) =>
    family(
      `users_by_${property}`,
      property === 'day'
        ? 'Living users by day of sign-up (UTC, last 30 days).'
        : `Living users by ${property}.`,
      figures.map(({ value, count }) => [{ [property]: value }, count]),
    ),
  );
  families.push(
    family(
      'jobs_stored',
      'Jobs in the database by queue and state.',
      jobs.map(({ queue, state, count }) => [{ queue, state }, count]),
    ),
    family('export_timestamp_seconds', 'When these figures were taken.', [
      [{}, Date.parse(taken_at) / 1000],
    ]),
  );
  return families.join('');
}

type Sample = [labels: Record<string, string>, value: number];

function family(name: string, help: string, samples: readonly Sample[]): string {
  const lines = samples.map(([labels, value]) => `${name}${labelsText(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join('')}`;
}

function labelsText(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
