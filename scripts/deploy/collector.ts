import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

const KINDS = ['receivers', 'processors', 'exporters'] as const;
type Parts = Readonly<Partial<Record<(typeof KINDS)[number], unknown>>>;

const FILES = ['compose/collector.yaml', 'components/otel-collector/collector-config.yaml'];

/** Pipelines of the collectors that name a part which is not configured, or lack one. */
export function collectorFaults(): string[] {
  return FILES.flatMap((file) => {
    const config = parse(readFileSync(join('deploy', file), 'utf8')) as Parts & {
      service: { pipelines: Readonly<Record<string, Parts>> };
    };
    return Object.entries(config.service.pipelines).flatMap(([pipeline, parts]) =>
      KINDS.flatMap((kind) => {
        const named = (parts[kind] ?? []) as string[];
        const unknown = named.filter((name) => !Object.keys(config[kind] ?? {}).includes(name));
        const needed = kind !== 'processors' && named.length === 0;
        return [
          ...unknown.map((name) => `${file} ${pipeline}: no ${kind} ${name}`),
          ...(needed ? [`${file} ${pipeline} has no ${kind}`] : []),
        ];
      }),
    );
  });
}
