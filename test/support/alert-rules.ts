import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

export const ROOT = join(import.meta.dirname, '..', '..');
const FOLDER = join(ROOT, 'deploy', 'observability');

export const RULES = join(FOLDER, 'prometheus-rules.yaml');
export const RULE_TESTS = ['', '-hours', '-days'].map((length) =>
  join(FOLDER, `prometheus-rules${length}.test.yaml`),
);
export const DASHBOARDS = join(FOLDER, 'dashboards');

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Recording {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

const { groups } = parse(readFileSync(RULES, 'utf8')) as {
  groups: { rules: (Alert | Recording)[] }[];
};
const rules = groups.flatMap((group) => group.rules);

export const alerts = rules.filter((rule): rule is Alert => 'alert' in rule);
export const recordings = rules.filter((rule): rule is Recording => 'record' in rule);

/** Names of the cases of the rule tests; each is that of the alert it tests. */
export const testedAlerts = RULE_TESTS.flatMap((file) =>
  (parse(readFileSync(file, 'utf8')) as { tests: { name: string }[] }).tests.map(
    ({ name }) => name,
  ),
);
