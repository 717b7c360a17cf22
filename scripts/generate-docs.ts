import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import type { Type } from '@nestjs/common';
import { CommandMeta } from 'nest-commander/src/constants.js';
import { format, resolveConfig } from 'prettier';

import { features } from '../src/bootstrap/features.js';
import { modulesOf } from '../src/bootstrap/processes/app.module.js';
import { declaredRoutes } from '../src/bootstrap/processes/declared-routes.js';
import type { Feature } from '../src/platform/declarations/feature.js';
import type { Variable } from '../src/platform/config/area.js';
import { sections } from '../src/bootstrap/config-sections.js';
import { packageVersion } from '../src/platform/app/package-info.js';

/**
 * Writes what is generated from the declarations of features: `docs/features.md`,
 * `docs/configuration.md` and `.env.example`. With `--check` it writes nothing and fails when one of
 * them is stale.
 */
const files: Record<string, string> = {
  'docs/features.md': await formatted(await featuresPage()),
  'docs/configuration.md': configurationPage(),
  '.env.example': exampleFile(),
};

const check = process.argv.includes('--check');
for (const [file, content] of Object.entries(files)) {
  if (!check) writeFileSync(file, content);
  else if (read(file) !== content) {
    process.stderr.write(`${file} is stale: run npm run docs\n`);
    process.exitCode = 1;
  }
}

async function featuresPage(): Promise<string> {
  const seen: Parameters<typeof declaredRoutes>[1] = new Set();
  const parts = await Promise.all(
    features.map(async (feature) => [feature.name, await featurePart(feature, seen)] as const),
  );
  const [own, platform] = [true, false].map((mine) =>
    parts.flatMap(([name, part]) => (existsSync(`src/features/${name}`) === mine ? part : [])),
  );
  return `# Features

What each part of the service declares in its \`<name>.feature.ts\`. [api.md](api.md) tells how the routes behave, with examples;
[configuration.md](configuration.md) lists all variables.

_Generated from the declarations by \`npm run docs\`._

## \`src/features\`

${own?.join('\n')}
## \`src/platform\`

${platform?.join('\n')}`;
}

async function featurePart(
  feature: Feature,
  seen: Parameters<typeof declaredRoutes>[1],
): Promise<string> {
  const declared: Record<string, readonly string[]> = {
    Routes: await routesOf(feature, seen),
    Commands: await commandsOf(feature),
    'Access actions': Object.entries(feature.actions ?? {}).map(
      ([action, grantees]) => `\`${action}\` (${grantees.join(', ')})`,
    ),
    Problems: (feature.problems ?? []).map(({ code, status }) => `\`${code}\` (${status})`),
    'Audit actions': (feature.auditActions ?? []).map(inline),
    Events: (feature.events ?? []).map(({ type }) => inline(type)),
    Jobs: (feature.jobs ?? []).map(({ queue }) => inline(queue)),
    'Personal data': (feature.personalData ?? []).map(({ table }) => inline(table)),
    Variables: (feature.config ?? []).flatMap(({ area }) =>
      Object.keys(area.variables).map(inline),
    ),
  };
  const lines = Object.entries(declared)
    .filter(([, values]) => values.length > 0)
    .map(([what, values]) => `- ${what}: ${values.join(', ')}\n`);
  return `### ${feature.name}\n\n${feature.about}\n\n${lines.join('')}`;
}

async function routesOf(
  feature: Feature,
  seen: Parameters<typeof declaredRoutes>[1],
): Promise<string[]> {
  const imports = await modulesOf([feature], 'api');
  return declaredRoutes({ module: class {}, imports }, seen).map(({ route }) =>
    inline(route.replaceAll(/:(\w+)/g, '{$1}')),
  );
}

async function commandsOf({ commands }: Feature): Promise<string[]> {
  const loaded = await Promise.all(commands?.() ?? []);
  return loaded
    .flatMap((file) => Object.values(file) as Type[])
    .map((command) => Reflect.getMetadata(CommandMeta, command) as { name: string } | undefined)
    .flatMap((meta) => (meta ? [inline(meta.name.split(' ')[0] ?? '')] : []));
}

function inline(text: string): string {
  return `\`${text}\``;
}

async function formatted(page: string): Promise<string> {
  return format(page, { ...(await resolveConfig('package.json')), parser: 'markdown' });
}

function configurationPage(): string {
  const parts = sections.map(({ area }) => {
    const rows = Object.entries(area.variables).map(
      ([name, variable]) =>
        `| ${names(name, variable)} | ${fallback(variable)} | ${rule(variable)} | ${cell(variable.about)} |`,
    );
    return `## ${area.title}\n\n| variable | default | values | meaning |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `# Configuration

Everything is read from the environment, once, at start. In development a \`.env\` file in the
working directory fills in what the environment does not set. Space around a value is no part of it,
and empty means unset. List elements are separated by commas and trimmed. Words are taken in any case.

A variable with \`_FILE\` beside its name can instead be given as the path of a file that holds the
value, such as a mounted secret; a byte-order mark and the space around the value are ignored. Setting
both is a fault. \`.env\` and these files have to be UTF-8.

URLs are read once, here. Special characters in a user or password are written as percent escapes, and
each URL names one host. PostgreSQL URLs have the forms of libpq: \`?host=\` for the folder of a socket, an
IPv6 address in brackets, and the parameters \`application_name\`, \`options\` and those that begin with \`ssl\`.
Parameters that would have no effect are faults. Bases of services have neither query nor fragment.

Faults are reported together on stderr, one line each with the variable and the rule but never the
value, and the process exits with 78 before it listens or connects. A command checks only what it
uses. \`node dist/cli config\` prints the effective values and where each came from.

_Generated from the schema in \`*.config.ts\` by \`npm run docs\`._

${parts.join('\n')}`;
}

function exampleFile(): string {
  const parts = sections.map(({ area }) => {
    const lines = Object.entries(area.variables).map(
      ([name, variable]) => `# ${plain(variable.about)}\n#${name}=${exampleValue(variable)}`,
    );
    return `# --- ${area.title} ---\n\n${lines.join('\n\n')}\n`;
  });
  return `# Copy to .env for development and uncomment what you change. Generated by npm run docs.\n\n${parts.join('\n')}`;
}

function names(name: string, { secret, mountable }: Variable): string {
  return (secret ?? mountable) === true ? `\`${name}\`, \`${name}_FILE\`` : `\`${name}\``;
}

function fallback({ fallback: value, fallbackText }: Variable): string {
  if (fallbackText !== undefined) return cell(fallbackText);
  return value === undefined ? 'unset' : `\`${value}\``;
}

/** The package version changes with each release and is no example. */
function exampleValue({ fallback: value }: Variable): string {
  return value === undefined || value === packageVersion ? '' : value;
}

function rule({ schema }: Variable): string {
  return cell(schema.description ?? '');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function plain(text: string): string {
  return text.replaceAll('`', '');
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
