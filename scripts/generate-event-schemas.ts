import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { eventDefinitions } from '../src/bootstrap/declarations.module.js';
import { eventSchema } from '../src/platform/events/schemas/event-schema.js';
import { breaks, type JsonSchema } from '../src/platform/events/schemas/schema-compatibility.js';

/**
 * Writes the JSON Schemas of events to `docs/events`, unless one would break receivers: then it says what, and fails.
 * With `--check` it writes nothing and fails when one is stale. A break on purpose is another type of events.
 */
const FOLDER = 'docs/events';

const files = Object.fromEntries(
  eventDefinitions.map((definition) => [`${definition.type}.json`, eventSchema(definition)]),
);
mkdirSync(FOLDER, { recursive: true });
const stored = readdirSync(FOLDER);
const faults = [
  ...stored.filter((file) => !(file in files)).map((file) => `${file}: the type is gone`),
  ...stored
    .filter((file) => file in files)
    .flatMap((file) =>
      breaks(read(file), files[file] as JsonSchema).map((fault) => `${file}: ${fault}`),
    ),
];
const check = process.argv.includes('--check');
const stale = Object.entries(files).filter(
  ([file, schema]) =>
    !stored.includes(file) || text(schema) !== readFileSync(join(FOLDER, file), 'utf8'),
);
if (faults.length > 0) fail(`${FOLDER}/${faults.join(`\n${FOLDER}/`)}`);
else if (check && stale.length > 0)
  fail(stale.map(([file]) => `${FOLDER}/${file} is stale: run npm run docs`).join('\n'));
else if (!check)
  for (const [file, schema] of stale) writeFileSync(join(FOLDER, file), text(schema));

function read(file: string): JsonSchema {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as JsonSchema;
}

function text(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
