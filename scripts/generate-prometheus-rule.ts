import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse, stringify } from 'yaml';

/** The alert rules in the form that the Prometheus operator takes; `--check` says whether it is stale. */
const deploy = join(import.meta.dirname, '..', 'deploy');
const target = join(deploy, 'components', 'monitoring', 'prometheus-rule.yaml');

const spec: unknown = parse(
  readFileSync(join(deploy, 'observability', 'prometheus-rules.yaml'), 'utf8'),
);
const rule = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: {
    name: 'cloudnative-app',
    labels: { 'app.kubernetes.io/name': 'cloudnative-app' },
  },
  spec,
};
const text = `# Made from deploy/observability/prometheus-rules.yaml by \`npm run dashboards\`.\n${stringify(rule, { aliasDuplicateObjects: false })}`;

if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  process.stdout.write(`${target} is stale: npm run dashboards\n`);
  process.exitCode = 1;
}
