import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, parse, resolve } from 'node:path';

import { type ChunkingContext, rolldown } from 'rolldown';

import { unbundled } from './unbundled-packages.ts';

/**
 * Bundles `build/`, what the compiler made, with the packages it uses into `dist/`: some 20 files
 * instead of 2,000, which halves the CPU time of a start and takes a fifth off the memory. The
 * thread tasks stay files of their own, since threads load them by name.
 *
 * `node scripts/bundle.ts FILE FOLDER` bundles a program that uses `build/` in the same way, for tests.
 */
const BUILD = 'build';
const [program, OUTPUT = 'dist'] = process.argv.slice(2);

const programs =
  program === undefined
    ? Object.fromEntries(['main', 'worker', 'cli'].map((name) => [name, `${BUILD}/${name}.js`]))
    : { [parse(program).name]: program };

/** What our packages look for and do without: `require` fails as it would without the bundle. */
const absent = [
  /^@nestjs\/(microservices|websockets|mongoose|sequelize|axios|platform-express)/,
  /^@fastify\/(static|view|multipart)/,
  /^(pg-native|pg-cloudflare|class-validator|class-transformer|@mikro-orm\/core)/,
  /^(typescript|prettier|react-native-sqlite-storage)$/,
];

/** What our packages load and we never use: a fifth of the text that Node would read and keep at each start. */
const leftOut = [
  // Messages of zod in fifty languages, which `z` would bring along.
  {
    name: 'english',
    id: /\/zod\/v4\/locales\/index\.js$/,
    code: `export { default as en } from './en.js';`,
  },
  // It would load all of TypeORM from node_modules, beside the one in the bundle, for two classes that 1.0 removed.
  {
    name: 'typeorm-once',
    id: /\/@nestjs\/typeorm\/dist\/common\/typeorm-compat\.js$/,
    code: 'export const [Connection, AbstractRepository] = [];',
  },
  // The factory of drivers loads all, and looks into the one it needs only.
  {
    name: 'postgres-only',
    id: /\/typeorm\/driver\/(?!postgres\/)[a-z0-9-]+\/\w+(Driver|QueryRunner)\.js$/,
    code: 'export {};',
  },
  // Schedules are Kubernetes' here: `schedule: false` in boss.ts.
  {
    name: 'no-cron',
    id: /\/cron-parser\/dist\/index\.js$/,
    code: 'export let CronExpressionParser;',
  },
  { name: 'no-rrule', id: /\/rrule-temporal\/dist\/index\.js$/, code: 'export let RRuleTemporal;' },
  // TypeORM colours statements and finds entities by file names, Nest writes YAML and reads `.env`, commands ask questions and have
  // plugins: here they do not.
  {
    name: 'no-extras',
    id: /\/node_modules\/(ansis|sql-highlight|@sqltools\/formatter|tinyglobby|js-yaml|dotenv|inquirer|cosmiconfig)\//,
    code: '',
  },
  { name: 'no-debug-log', id: /\/typeorm\/logger\/DebugLogger\.js$/, code: 'export {};' },
  // Metrics of the whole host are the node exporter's.
  {
    name: 'no-host-metrics',
    id: /\/@opentelemetry\/host-metrics\/build\/(src|esm)\/index\.js$/,
    code: 'export let HostMetrics;',
  },
];

/** What packages make while they load, and we use rarely or never: made at the first use. */
const madeLate = [
  // Nest's own log, with the time as text: we replace it. It would load the tables of ICU.
  {
    name: 'late-clock',
    id: /\/@nestjs\/common\/services\/console-logger\.service\.js$/,
    from: /const dateTimeFormatter = (new Intl\.DateTimeFormat\([^;]*\));/,
    to: 'const dateTimeFormatter = { format: (date) => $1.format(date) };',
  },
  // Each part of a path compiles its comparison, and routes that are added later split it again.
  {
    name: 'late-paths',
    id: /\/find-my-way\/lib\/node\.js$/,
    from: /return (new Function\('path', 'i', .*\))/,
    to: 'let compiled; return (path, i) => (compiled ??= $1)(path, i)',
  },
];

const threads = {
  'tasks/runner': `${BUILD}/platform/workers/tasks/runner.js`,
  ...Object.fromEntries(
    // Without those of a bundle for tests.
    globSync(`${BUILD}/**/*.task.js`, { exclude: [`${BUILD}/warm*/**`] }).map((file) => [
      basename(file, '.js'),
      file,
    ]),
  ),
};
let ofService: Set<string> | undefined;
const bundle = await rolldown({
  platform: 'node',
  input: {
    ...programs,
    // Where they are looked for: as far from the file that names them as in the sources.
    ...Object.fromEntries(Object.entries(threads).map(([name, file]) => [`chunks/${name}`, file])),
  },
  external: [...unbundled, ...absent],
  plugins: [
    ...leftOut.map(({ name, id, code }) => ({
      name,
      load: { filter: { id }, handler: () => code },
    })),
    ...madeLate.map(({ name, id, from, to }) => ({
      name,
      load: {
        filter: { id },
        handler(file: string) {
          const code = readFileSync(file, 'utf8');
          if (!from.test(code)) throw new Error(`${name}: ${file} has changed`);
          return code.replace(from, to);
        },
      },
    })),
    {
      name: 'source-maps',
      load: { filter: { id: /\/build\/(?!.*node_modules)/ }, handler: withMap },
      // Positions in packages stay those of the bundle: their maps would be ten times as large as ours.
      transform: {
        filter: { id: /node_modules/ },
        handler: (code) => ({ code, map: { mappings: '' } }),
      },
    },
  ],
  // Modules are moved between chunks (`codeSplitting`), which may then export more than they did.
  preserveEntrySignatures: 'allow-extension',
  // zod's types are seen as missing values, and TypeORM's drivers for other databases as absent.
  checks: { importIsUndefined: false, unresolvedImport: false },
});
rmSync(OUTPUT, { recursive: true, force: true });
const { output } = await bundle.write({
  dir: OUTPUT,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name].js',
  sourcemap: true,
  sourcemapExcludeSources: true,
  // Each file costs a start about a millisecond. Left alone, the bundler makes one for every set of
  // entries and late imports that share a module.
  codeSplitting: {
    groups: [{ name: serviceChunk, debugName: 'service', includeDependenciesRecursively: false }],
  },
  // Nest tells providers apart by their class, and names them in its messages.
  keepNames: true,
  // Node keeps the text in memory, at two bytes per character if a single one is not ASCII.
  comments: false,
  minify: {
    compress: false,
    mangle: false,
    codegen: { asciiOnly: true, removeWhitespace: false },
  },
});
await bundle.close();
writeFileSync(
  `${OUTPUT}/LICENSES.txt`,
  licences(output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []))),
);

/** One chunk for all that the API loads at its start and no thread task does. */
function serviceChunk(id: string, context: ChunkingContext): string | null {
  if (ofService === undefined) {
    ofService = reachable([`${BUILD}/bootstrap/processes/api.process.js`], context);
    for (const shared of reachable(Object.values(threads), context)) ofService.delete(shared);
  }
  return ofService.has(id) ? 'service' : null;
}

/** The modules that load with some files: those of late imports are not among them. */
function reachable(files: readonly string[], context: ChunkingContext): Set<string> {
  const found = new Set(files.map((file) => resolve(file)));
  for (const id of found)
    for (const imported of context.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}

/** The licences of the packages that are in the bundle, which ask to be kept with every copy. */
function licences(files: readonly string[]): string {
  const folders = new Set(
    files.flatMap((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  return [...folders]
    .toSorted()
    .map((folder) => {
      const { name, version, license } = JSON.parse(
        readFileSync(`${folder}/package.json`, 'utf8'),
      ) as Record<string, string>;
      const texts = globSync(`${folder}/{LICEN[CS]E,licen[cs]e,NOTICE}*`).toSorted();
      const text = texts.map((file) => readFileSync(file, 'utf8').trim()).join('\n\n');
      return `${name} ${version} (${license})\n\n${text}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function withMap(file: string): { code: string; map?: string } {
  const code = readFileSync(file, 'utf8');
  return { code, ...(existsSync(`${file}.map`) && { map: readFileSync(`${file}.map`, 'utf8') }) };
}
