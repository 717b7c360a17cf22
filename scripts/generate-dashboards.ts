import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { database } from './dashboards/database.js';
import { dependencies } from './dashboards/dependencies.js';
import { events } from './dashboards/events.js';
import { http } from './dashboards/http.js';
import { jobs } from './dashboards/jobs.js';
import { mail } from './dashboards/mail.js';
import { buildDashboard } from './dashboards/panels.js';
import { runtime } from './dashboards/runtime.js';

/**
 * Writes the Grafana dashboards, one JSON file each. With `--check` it writes nothing and fails
 * when a file is stale, missing, or no longer generated.
 */
const FOLDER = 'deploy/observability/dashboards';
const pages = { http, runtime, database, jobs, events, mail, dependencies };

const check = process.argv.includes('--check');
const files = new Map(
  Object.entries(pages).map(([name, page]) => [
    `${name}.json`,
    `${JSON.stringify(buildDashboard(page), null, 2)}\n`,
  ]),
);
mkdirSync(FOLDER, { recursive: true });
const present = new Set(readdirSync(FOLDER));
for (const file of present) {
  if (files.has(file)) continue;
  if (check) stale(file);
  else rmSync(join(FOLDER, file));
}
for (const [file, content] of files) {
  const path = join(FOLDER, file);
  if (!check) writeFileSync(path, content);
  else if (!present.has(file) || readFileSync(path, 'utf8') !== content) stale(file);
}

function stale(file: string): void {
  process.stderr.write(`${join(FOLDER, file)} is stale: run npm run dashboards\n`);
  process.exitCode = 1;
}
