import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';

import { z } from 'zod';

import type { JobDefinition } from '../platform/declarations/job-definition.js';
import { features } from './features.js';
import { userFields } from '../features/privacy/jobs.personal-data.js';

const SOURCE = join(import.meta.dirname, '..');

/** What a feature has to declare, by how its source makes it. The group is its name. */
const declarable = [
  /class (\w+) extends problem\(\s*\{/g,
  /export const (\w+) = defineJob\(/g,
  /export const (\w+) = threadTasks</g,
  /export const (\w+) = section\(/g,
  /export const (\w+) = \[\s*defineEvent\(/g,
  /export const (\w+): SchemaStep = /g,
  /export function (\w+)\(app: NestFastifyApplication\): void/g,
];

/** Commands are declared by their files. */
const COMMAND = /@(?:Sub)?Command\(\{[\s\S]*?\}\)\s*export class (\w+)/g;

type Sources = Readonly<Record<string, string>>;

const sources: Sources = Object.fromEntries(
  globSync('**/*.ts', { cwd: SOURCE, exclude: ['**/*.spec.ts', 'bootstrap/**'] })
    .toSorted()
    .map((file) => [file, readFileSync(join(SOURCE, file), 'utf8')]),
);

/** The folder of a feature: `features/users`, `platform/http`. */
const room = (file: string) => file.split('/').slice(0, 2).join('/');

/** Things that are made and that no declaration names, as `<file>: <name>`. */
function undeclared(files: Sources): string[] {
  const declarations = Object.entries(files)
    .filter(([file]) => file.endsWith('.feature.ts'))
    .map(([, text]) => text.slice(text.indexOf('defineFeature({')))
    .join('\n');
  return Object.entries(files).flatMap(([file, text]) => {
    const commands = declarations.includes(`import('./${basename(file, '.ts')}.js')`)
      ? []
      : namesOf(text, COMMAND);
    const others = declarable
      .flatMap((pattern) => namesOf(text, pattern))
      .filter((name) => !new RegExp(`\\b${name}\\b`).test(declarations));
    return [...commands, ...others].map((name) => `${file}: ${name}`);
  });
}

function namesOf(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}

/** Folders below `features/` without a declaration of their name. */
function withoutDeclaration(files: readonly string[]): string[] {
  const rooms = new Set(files.filter((file) => file.startsWith('features/')).map(room));
  return [...rooms].filter((name) => !files.includes(join(name, `${basename(name)}.feature.ts`)));
}

/** Parts of a declaration, named like its properties, that it leaves out: `<file>: <name>`. */
function leftOut(files: Sources): string[] {
  return Object.entries(files)
    .filter(([file]) => file.endsWith('.feature.ts'))
    .flatMap(([file, text]) => {
      const declaration = text.slice(text.indexOf('defineFeature({'));
      return [...text.matchAll(/^const ([a-z]\w*) = /gm)]
        .map(([, name = '']) => name)
        .filter((name) => !new RegExp(`\\b${name}\\b`).test(declaration))
        .map((name) => `${file}: ${name}`);
    });
}

/** Imports that load a part of a feature, its declaration aside, where the feature is switched off. */
function loadedAnyway(files: Sources): string[] {
  const switched = Object.entries(files)
    .filter(([file, text]) => file.endsWith('.feature.ts') && /^ {2}enabled: /m.test(text))
    .map(([file]) => room(file));
  return Object.entries(files)
    .filter(([file]) => file.endsWith('.feature.ts') || !switched.includes(room(file)))
    .flatMap(([file, text]) =>
      [...text.matchAll(/^(?:import|export) (?!type )[^;]*from '(\.[^']+)'/gm)]
        .map(([, path = '']) => normalize(join(dirname(file), path)))
        .filter((path) => switched.includes(room(path)) && !path.endsWith('.config.js'))
        .map((path) => `${file}: ${path}`),
    );
}

/** Jobs without data of users. */
const ABOUT_NOBODY: readonly string[] = ['webhook_replay'];

/** Jobs that export and erasure would not find: they look for these fields of the payload. */
function ofNobody(jobs: readonly JobDefinition[]): string[] {
  return jobs
    .filter(({ payload }) => {
      const schema = z.toJSONSchema(payload, { io: 'input' });
      const forms = (schema.anyOf ?? schema.oneOf ?? [schema]) as z.core.JSONSchema.ObjectSchema[];
      return !forms.every(({ required = [] }) =>
        required.some((field) => userFields.includes(field)),
      );
    })
    .map(({ queue }) => queue)
    .filter((queue) => !ABOUT_NOBODY.includes(queue));
}

describe('the list of features', () => {
  it('has every declaration, once', () => {
    const declared = Object.keys(sources)
      .filter((file) => file.endsWith('.feature.ts'))
      .map((file) => basename(dirname(file)));
    expect(features.map(({ name }) => name).toSorted()).toEqual(declared.toSorted());
  });

  it('has a declaration for each folder of features', () => {
    expect(withoutDeclaration(Object.keys(sources))).toEqual([]);
    expect(withoutDeclaration(['features/orders/orders.module.ts'])).toEqual(['features/orders']);
  });

  it('contains every command, hook, problem, job, thread task, part of the schema and part of the configuration', () => {
    expect(undeclared(sources)).toEqual([]);
  });

  it.each([
    ['a command', "@Command({\n  name: 'orders',\n})\nexport class OrdersCommand extends A {}"],
    ['a problem', "export class OrdersCommand extends problem({ code: 'orders.closed' }"],
    ['a job', 'export const OrdersCommand = defineJob({'],
    ['thread tasks', "export const OrdersCommand = threadTasks<typeof import('./o.js')>("],
    ['a part of the configuration', 'export const OrdersCommand = section('],
    ['types of events', 'export const OrdersCommand = [\n  defineEvent('],
    ['hooks', 'export function OrdersCommand(app: NestFastifyApplication): void {'],
    ['a part of the schema', 'export const OrdersCommand: SchemaStep = {'],
  ])('is checked for %s', (_kind, text) => {
    const file = 'features/users/orders.ts';
    expect(undeclared({ ...sources, [file]: text })).toEqual([`${file}: OrdersCommand`]);
  });

  it('loads features that can be switched off only where they are on', () => {
    expect(loadedAnyway(sources)).toEqual([]);
    const early = "import {\n  PagesModule,\n} from './pages.module.js';\n";
    const file = 'features/pages/pages.feature.ts';
    expect(loadedAnyway({ ...sources, [file]: `${early}${sources[file]}` })).toEqual([
      `${file}: features/pages/pages.module.js`,
    ]);
  });

  it('contains every part that is written for it', () => {
    expect(leftOut(sources)).toEqual([]);
    const file = 'features/orders/orders.feature.ts';
    const parts = "const actions = {};\nconst auditActions = ['order.placed'] as const;\n";
    const text = `${parts}export const orders = defineFeature({ name: 'orders', actions });`;
    expect(leftOut({ ...sources, [file]: text })).toEqual([`${file}: auditActions`]);
  });

  it('has jobs with the user key of export and erasure', () => {
    expect(ofNobody(features.flatMap(({ jobs = [] }) => jobs))).toEqual([]);
    const payload = z.strictObject({ owner: z.uuid() });
    expect(ofNobody([{ queue: 'orders', payload }])).toEqual(['orders']);
  });
});
