// `npm run slice -- orders`: writes a feature that works, to be changed into the one that is wanted.
// docs/add-a-feature.md says what each file is for.
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const TEMPLATES = join(import.meta.dirname, 'slice');
const PLURAL = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*s$/;
/** Of the migration, which comes last. */
const timestamp = Date.now();
/** So that the names of a table, its index and an import stay readable, and fit PostgreSQL's 63 bytes. */
const LONGEST = 40;

/** Words of TypeScript, Nest, TypeORM and SQL, names in the templates, and tables that a release had. */
const reserved =
  'actions arrays class columns databases dates entities idempotency-keys modules promises records references repositories strings this tier-changes tokens writes'.split(
    ' ',
  );

/** The slice cannot be written; the message is one line for the user. */
class Refusal extends Error {}

try {
  const { positionals } = parse();
  const name = checked(positionals);
  const files = await slice(name);
  for (const [path, text] of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    process.stdout.write(`${path}\n`);
  }
  process.stdout.write(
    `\nNext: npm test -- ${name}.spec src/bootstrap. docs/add-a-feature.md says what to change from there.\n`,
  );
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`slice: ${error.message}\n`);
  process.exitCode = 2;
}

function parse() {
  try {
    return parseArgs({ allowPositionals: true, options: {} });
  } catch {
    throw new Refusal('takes no options; usage: npm run slice -- <name>, such as orders');
  }
}

/** @returns the name. @throws Refusal */
function checked([name, ...others]: readonly string[]): string {
  if (name === undefined || others.length > 0)
    throw new Refusal('takes one name; usage: npm run slice -- <name>, such as orders');
  if (!PLURAL.test(name) || name.length > LONGEST || singular(name).length < 2)
    throw new Refusal(
      `${JSON.stringify(name)} is no name: a plural in lower case, such as orders or saved-searches, of at most ${LONGEST} characters`,
    );
  if (reserved.includes(name)) throw new Refusal(`"${name}" is reserved`);
  const taken = [
    `src/features/${name}`,
    `src/platform/${name}`,
    `test/e2e/${name}.spec.ts`,
    `test/integration/${name}.spec.ts`,
  ];
  const found = taken.find((path) => existsSync(path));
  if (found !== undefined) throw new Refusal(`${found} exists`);
  const table = new RegExp(`^CREATE TABLE (?:IF NOT EXISTS )?${snake(name)}\\b`, 'm');
  const migration = globSync('migrations/*.up.sql').find((path) =>
    table.test(readFileSync(path, 'utf8')),
  );
  if (migration !== undefined) throw new Refusal(`${migration} has a table ${snake(name)}`);
  return name;
}

/** All files with their texts, formatted: new ones, and the three that are changed. @throws Refusal */
async function slice(name: string): Promise<[path: string, text: string][]> {
  const words = substitutions(name);
  const files: [string, string][] = globSync('*.template', { cwd: TEMPLATES })
    .toSorted()
    .map((template) => [
      target(name, basename(template, '.template')),
      Object.entries(words).reduce(
        (text, [mark, word]) => text.replaceAll(mark, word),
        readFileSync(join(TEMPLATES, template), 'utf8'),
      ),
    ]);
  files.push(
    [
      'src/bootstrap/features.ts',
      changed('src/bootstrap/features.ts', [
        [
          'imports of features',
          /^(?:import .*'\.\.\/features\/.*\n)+/m,
          (imports) =>
            sorted(
              `${imports}import { ${camel(name)} } from '../features/${name}/${name}.feature.js';`,
            ),
        ],
        ['line "privacy,"', /^ {2}privacy,$/m, `  ${camel(name)},\n  privacy,`],
      ]),
    ],
    [
      '.dependency-cruiser.cjs',
      changed('.dependency-cruiser.cjs', [
        [
          'row with "tiers"',
          /^ {2}\[[^\]]*'tiers'[^\]]*?(?=,?\s*\])/m,
          (row) => `${row}, '${name}'`,
        ],
      ]),
    ],
    [
      'CHANGELOG.md',
      changed('CHANGELOG.md', [
        [
          'list "Added" under "Unreleased"',
          /^## .*Unreleased.*\n(?:(?!## ).*\n)*?### Added\n\n(?:- .*\n)+/m,
          (list) =>
            `${list}- \`/users/{id}/${name}\`: the ${words['__names words__']} of a user, exported and erased with the user.\n`,
        ],
      ]),
    ],
  );
  // Loaded late: a refusal needs none of it.
  const { format, resolveConfig } = await import('prettier');
  const settings = await resolveConfig('package.json');
  return Promise.all(
    files.map(async ([path, text]): Promise<[string, string]> =>
      path.endsWith('.sql')
        ? [path, text]
        : [path, await format(text, { ...settings, filepath: path })],
    ),
  );
}

/** Where a template goes. */
function target(name: string, template: string): string {
  if (template.endsWith('.sql')) return `migrations/${timestamp}-create-${name}.${template}`;
  if (template === 'unit.spec.ts') return `src/features/${name}/${name}.spec.ts`;
  if (template === 'e2e.spec.ts') return `test/e2e/${name}.spec.ts`;
  if (template === 'integration.spec.ts') return `test/integration/${name}.spec.ts`;
  return `src/features/${name}/${name}.${template}`;
}

/** An existing file with something put in. @throws Refusal when it has no such place any more. */
function changed(
  path: string,
  changes: readonly [what: string, place: RegExp, put: string | ((found: string) => string)][],
): string {
  let text = readFileSync(path, 'utf8');
  for (const [what, place, put] of changes) {
    if (!place.test(text)) throw new Refusal(`${path} has no ${what} any more`);
    text = text.replace(place, typeof put === 'string' ? () => put : put);
  }
  return text;
}

/** Imports by their paths. */
function sorted(imports: string): string {
  const path = (line: string) => line.slice(line.indexOf("'"));
  const lines = imports.split('\n').toSorted((a, b) => (path(a) < path(b) ? -1 : 1));
  return `${lines.join('\n')}\n`;
}

function substitutions(name: string): Record<string, string> {
  const item = singular(name);
  return {
    '__names-kebab__': name,
    __names_snake__: snake(name),
    __names__: camel(name),
    __Names__: pascal(name),
    '__names words__': name.replaceAll('-', ' '),
    '__name words__': item.replaceAll('-', ' '),
    '__name-kebab__': item,
    __name_snake__: snake(item),
    __name__: camel(item),
    __Name__: pascal(item),
  };
}

function singular(name: string): string {
  if (/[^aeiou]ies$/.test(name)) return name.replace(/ies$/, 'y');
  if (/(?:ch|sh|ss|x|z)es$/.test(name)) return name.replace(/es$/, '');
  return name.replace(/s$/, '');
}

function snake(name: string): string {
  return name.replaceAll('-', '_');
}

function camel(name: string): string {
  return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function pascal(name: string): string {
  return camel(`-${name}`);
}
