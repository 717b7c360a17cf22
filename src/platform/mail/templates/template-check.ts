import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { codeOf } from '../../common/errors.js';
import { languages } from '../../common/locale.js';
import { mailTemplates } from '../messages/mail.js';
import { neededOf, variablesOf } from '../messages/mail-links.js';
import { checkHtml, checkText } from './html-check.js';
import { compile, type Piece } from './template-engine.js';
import { BUTTON, LAYOUT, pathOf } from './template-files.js';
import { parseSource, TemplateFault } from './template-source.js';

/** Variables of the frame, and of own HTML beside those of the template. */
const LOOK = ['language', 'brand', 'color', 'text_color', 'logo', 'footer', 'link_hint'];
const EVERYWHERE = ['locale', 'site', 'name', 'token', 'link'];

/** What a file may use, and of what it has to use one. */
interface Rules {
  readonly allowed: readonly string[];
  readonly needed: readonly string[];
}

/** @throws TemplateFault, or an error of liquidjs with the line. */
type Check = (content: string, file: string) => void;

/** The files that a folder of own templates may hold. */
const known = new Map<string, Check>([
  [
    LAYOUT,
    frameCheck({
      allowed: [...LOOK, ...EVERYWHERE, 'subject', 'preheader', 'content'],
      needed: ['content'],
    }),
  ],
  [BUTTON, frameCheck({ allowed: [...LOOK, ...EVERYWHERE, 'button'], needed: ['link'] })],
  ...mailTemplates.flatMap((template) =>
    languages.map((language): [string, Check] => [
      pathOf(template, language),
      templateCheck({ allowed: variablesOf(template), needed: neededOf(template) }),
    ]),
  ),
]);

/** The faults of a folder of own templates, each with file and line. */
export async function faultsOf(folder: string): Promise<string[]> {
  try {
    const files = await filesOf(folder);
    const faults = await Promise.all(files.toSorted().map((file) => faultsOfFile(folder, file)));
    return faults.flat();
  } catch (error) {
    return [`must be a folder that can be read (${codeOf(error) ?? 'unknown error'})`];
  }
}

/** Two levels, through links: a mounted ConfigMap consists of links into its hidden folder. */
async function filesOf(folder: string, depth = 1): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      if (depth === 0 || !(await stat(path)).isDirectory()) return [name];
      return (await filesOf(path, depth - 1)).map((file) => `${name}/${file}`);
    }),
  );
  return files.flat();
}

async function faultsOfFile(folder: string, file: string): Promise<string[]> {
  const path = join(folder, file);
  const check = known.get(file);
  if (check === undefined)
    return [`${path}: replaces no template; see the folder mails of this service for their names`];
  const content = await readFile(path, 'utf8');
  try {
    check(content, path);
    return [];
  } catch (error) {
    return [`${path}:${lineOf(error)}: ${ruleOf(error)}`];
  }
}

function templateCheck({ allowed, needed }: Rules): Check {
  return (content, file) => {
    const { body, html, ...head } = parseSource(content);
    if (head.subject === undefined) throw new TemplateFault(1, 'has no subject');
    const optional = { allowed, needed: [] };
    for (const part of Object.values(head))
      checkVariables(compile(part, file, 'text'), part, optional);
    checkVariables(compile(body, file, 'text'), body, { allowed, needed });
    checkText(body);
    if (html !== undefined) frameCheck({ allowed: [...allowed, ...LOOK], needed })(html, file);
  };
}

function frameCheck(rules: Rules): Check {
  return (source, file) => {
    checkVariables(compile(source, file, 'html'), source, rules);
    checkHtml(source);
  };
}

function checkVariables({ variables }: Piece, source: string, { allowed, needed }: Rules): void {
  const unknown = variables.find(({ name }) => !allowed.includes(name));
  if (unknown)
    throw new TemplateFault(
      unknown.line,
      `has the unknown variable ${unknown.name}; there are ${allowed.join(', ')}`,
    );
  if (needed.length > 0 && !variables.some(({ name }) => needed.includes(name)))
    throw new TemplateFault(
      source.trimEnd().split('\n').length,
      `ends without the variable ${needed.join(' or ')}`,
    );
}

/** Errors of liquidjs know their token. */
interface LiquidError {
  readonly token?: { getPosition(): readonly [line: number, column: number] };
  readonly originalError?: Error;
}

function lineOf(error: unknown): number {
  if (error instanceof TemplateFault) return error.line;
  return (error as LiquidError).token?.getPosition()[0] ?? 1;
}

function ruleOf(error: unknown): string {
  if (error instanceof TemplateFault) return error.rule;
  // Without the excerpt that follows, and without the position, which stands before it.
  return (error as Error).message.replace(/, (file:.*, )?line:\d+.*$/s, '');
}
