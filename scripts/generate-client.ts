import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';

import { apiDescription } from '../src/bootstrap/processes/api-description.js';

/** The parts of the description that have lists of words. */
interface Described {
  paths: Record<string, { get?: { parameters: { name: string }[] } }>;
  components: { schemas: Record<string, { properties?: Record<string, unknown> }> };
}

/**
 * Writes the types of the client from the API description, the one that `node dist/cli openapi`
 * prints, and the lists that forms offer. With `--check` it writes nothing and fails when they are stale.
 */
const description = (await apiDescription()) as Described;
const types = astToString(await openapiTS(JSON.stringify(description)));

/** The words of the enumeration in a schema of the description. */
function wordsOf(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('enum' in node) return node.enum as string[];
  return Object.values(node).flatMap(wordsOf);
}

const bodyOf = (schema: string, field: string) =>
  wordsOf(description.components.schemas[schema]?.properties?.[field]);
const parameterOf = (path: string, parameter: string) =>
  wordsOf(description.paths[path]?.get?.parameters.find(({ name }) => name === parameter));

const lists = {
  apiKeyScopes: bodyOf('CreateApiKey', 'scopes'),
  eventTypes: bodyOf('ReplayEvents', 'types'),
  auditActions: parameterOf('/admin/audit', 'action'),
  jobStates: parameterOf('/admin/jobs', 'state'),
  endedJobStates: bodyOf('PurgeJobs', 'state'),
};
const values = Object.entries(lists).map(
  ([name, words]) => `export const ${name} = ${JSON.stringify(words)} as const;`,
);

await write(
  'client/schema.d.ts',
  `/** The API, generated from its description by \`npm run client\`. */\n${types}`,
);
await write(
  'client/values.ts',
  `/** Words of the API, generated from its description by \`npm run client\`. */\n${values.join('\n\n')}`,
);

async function write(file: string, content: string): Promise<void> {
  const text = await format(content, { ...(await resolveConfig(file)), filepath: file });
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    process.stderr.write(`${file} is stale: run npm run client\n`);
    process.exitCode = 1;
  }
}
