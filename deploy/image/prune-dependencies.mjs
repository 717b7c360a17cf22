// Takes out of node_modules what no process of ours opens at run time, before it becomes a layer:
// 241 MB go to 64. `npm run verify:deploy` runs the API, the worker and the CLI on what is left.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = process.argv[2] ?? 'node_modules';

/** Type declarations, sources beside their build, source maps of others, pages for people. */
const UNUSED_FILE =
  /\.(d\.[cm]?ts|[cm]?ts|map|md|markdown|tsbuildinfo|flow)$|^\.(eslint|prettier)/i;
/** Licences stay, whatever they are called: their texts ask for it. */
const LICENCE = /licen[cs]e|copying|notice/i;

/** Whole folders, with why nobody misses them. */
const UNUSED_FOLDERS = [
  'typescript', // optional peer of @nestjs/swagger's compiler plugin and of cosmiconfig's loader for .ts
  'prettier', // optional peer of a completion generator of nest-commander
  'typeorm/browser', // the build for browsers
  'rxjs/src', // sources beside the build
  'zod/src',
  '.cache',
];

for (const folder of UNUSED_FOLDERS) rmSync(join(root, folder), { recursive: true, force: true });

for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && UNUSED_FILE.test(entry.name) && !LICENCE.test(entry.name))
    rmSync(join(entry.parentPath, entry.name));
}
