import { readFileSync, writeFileSync } from 'node:fs';

import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';

import { apiDescription } from '../src/bootstrap/processes/api-description.js';

/**
 * Writes the types of the client from the API description, the one that `node dist/cli openapi`
 * prints. With `--check` it writes nothing and fails when they are stale.
 */
const FILE = 'client/schema.d.ts';

const types = astToString(await openapiTS(JSON.stringify(await apiDescription())));
const text = await format(
  `/** The API, generated from its description by \`npm run client\`. */\n${types}`,
  { ...(await resolveConfig(FILE)), filepath: FILE },
);

if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else if (readFileSync(FILE, 'utf8') !== text) {
  process.stderr.write(`${FILE} is stale: run npm run client\n`);
  process.exitCode = 1;
}
