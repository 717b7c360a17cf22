import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

import { decodeUtf8, wasNotUtf8 } from '../common/utf8.js';
import type { Area, Values, Variable, Variables } from './area.js';

export type Source = 'environment' | 'file' | '.env' | 'default' | 'unset';

export interface Setting {
  readonly name: string;
  readonly variable: Variable;
  readonly source: Source;
  /** The text before parsing; nothing when unset. */
  readonly raw: string | undefined;
}

/** One line of the fault list: the variable as it was given, and the rule it breaks. */
export interface Fault {
  readonly name: string;
  readonly rule: string;
}

/** The environment is invalid. The message lists all faults, without values. */
export class InvalidConfiguration extends Error {
  override readonly name = 'InvalidConfiguration';
  /** sysexits.h EX_CONFIG. */
  readonly exitCode = 78;

  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map((fault) => `${fault.name}: ${fault.rule}`).join('\n'));
    this.faults = faults;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

const parsed = new Map<Area<never>, unknown>();

/**
 * Parses and validates the given areas from the process environment and keeps their values; this is
 * the only reader of `process.env`.
 * @throws InvalidConfiguration with every fault of every area.
 */
export function loadEnvironment(areas: readonly Area[]): void {
  const faults: Fault[] = [];
  const environment = currentEnvironment();
  for (const area of areas) {
    const result = parseArea(area, environment);
    if ('faults' in result) faults.push(...result.faults);
    else parsed.set(area as Area<never>, result.values);
  }
  if (faults.length > 0) throw new InvalidConfiguration(faults);
}

/** Forgets all values, so that they are parsed anew: for tests, of which many run in one process. */
export function forgetValues(): void {
  parsed.clear();
}

/**
 * The parsed values of an area.
 * @throws InvalidConfiguration when the area was not validated before and has faults.
 */
export function values<V extends Variables, Others extends Variables>(
  area: Area<V, Others>,
): Values<V & Others> {
  const key = area as unknown as Area<never>;
  if (!parsed.has(key)) loadEnvironment([area as unknown as Area]);
  return parsed.get(key) as Values<V & Others>;
}

/** Every variable of the areas with its text and source, unvalidated: for `config` and the docs. */
export function settings(areas: readonly Area[]): Setting[] {
  const environment = currentEnvironment();
  return areas.flatMap(({ variables }) =>
    Object.entries(variables).map(([name, variable]) => read(name, variable, environment, [])),
  );
}

/** Parses one area from a given environment: the pure core of the functions above. */
export function parseArea<V extends Variables, Others extends Variables>(
  area: Area<V, Others>,
  source: Environment,
): { values: Values<V & Others> } | { faults: Fault[] } {
  const faults: Fault[] = [];
  const result: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(area.variables)) {
    const setting = read(name, variable, source, faults);
    if (setting.raw === undefined) continue;
    const outcome = variable.schema.safeParse(setting.raw);
    if (outcome.success) result[name] = outcome.data;
    // An invalid default comes from another setting, which has its own fault.
    else if (setting.source !== 'default')
      faults.push({
        name: givenName(setting),
        rule: outcome.error.issues[0]?.message ?? 'is invalid',
      });
  }
  for (const [name, variable] of Object.entries(area.reads ?? {})) {
    const { data } = variable.schema.safeParse(read(name, variable, source, []).raw);
    if (data !== undefined) result[name] = data;
  }
  for (const name of area.unsupported ?? [])
    if (given(source[name]) !== undefined) faults.push({ name, rule: 'is not supported' });
  const isGiven = (name: keyof V & string) => {
    const variable = area.variables[name];
    return variable !== undefined && read(name, variable, source, []).source !== 'default';
  };
  const production = !['development', 'test'].includes(environmentOf(source));
  for (const rule of area.rules ?? []) {
    if (faults.some(({ name }) => name.replace(/_FILE$/, '') === rule.variable)) continue;
    // Its own area reports what is wrong with it.
    if (area.reads?.[rule.variable] !== undefined && !(rule.variable in result)) continue;
    const fault = rule.check(result as Values<V & Others>, production, isGiven);
    if (fault !== undefined) {
      const variable = area.variables[rule.variable] ?? area.reads?.[rule.variable];
      const setting = variable && read(rule.variable, variable, source, []);
      faults.push({ name: setting ? givenName(setting) : rule.variable, rule: fault });
    }
  }
  return faults.length > 0 ? { faults } : { values: result as Values<V & Others> };
}

function read(name: string, variable: Variable, source: Environment, faults: Fault[]): Setting {
  const direct = given(source[name]);
  const path = (variable.secret ?? variable.mountable) ? given(source[`${name}_FILE`]) : undefined;
  if (direct !== undefined && path !== undefined) {
    faults.push({ name: `${name}_FILE`, rule: `must not be set together with ${name}` });
    return { name, variable, source: 'unset', raw: undefined };
  }
  if (path !== undefined) {
    const file = readText(path);
    if ('rule' in file) faults.push({ name: `${name}_FILE`, rule: file.rule });
    const raw = 'text' in file ? given(file.text) : undefined;
    return {
      name,
      variable,
      source: 'file',
      raw: raw ?? variable.fallback ?? followed(variable, source),
    };
  }
  if (direct !== undefined) {
    if (wasNotUtf8(direct)) faults.push({ name, rule: 'must be UTF-8' });
    const fromProcess = given(process.env[name]) === direct;
    return { name, variable, source: fromProcess ? 'environment' : '.env', raw: direct };
  }
  const raw = variable.fallback ?? followed(variable, source);
  return { name, variable, source: raw === undefined ? 'unset' : 'default', raw };
}

function followed({ follows }: Variable, source: Environment): string | undefined {
  if (follows === undefined) return undefined;
  const { raw } = read(follows.name, follows.variable, source, []);
  return raw === undefined ? undefined : (follows.as?.(raw) ?? raw);
}

/** The text of a file, or its fault. */
function readText(path: string): { readonly text: string } | { readonly rule: string } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return { rule: 'must be a readable file' };
  }
  try {
    return { text: decodeUtf8(bytes) };
  } catch {
    return { rule: 'must be a file in UTF-8' };
  }
}

function givenName(setting: Setting): string {
  return setting.source === 'file' ? `${setting.name}_FILE` : setting.name;
}

/**
 * The one place where values are trimmed: templates, shells and editors leave spaces and line breaks around them, and no
 * value of ours begins or ends with one. Empty means unset, so that a template can leave a line in place.
 */
function given(raw: string | undefined): string | undefined {
  const text = raw?.trim();
  return text === '' ? undefined : text;
}

function environmentOf(source: Environment): string {
  return given(source['ENVIRONMENT'])?.toLowerCase() ?? 'development';
}

function currentEnvironment(): Environment {
  return { ...dotEnv(), ...present(process.env) };
}

/**
 * `.env` is for local development; elsewhere the platform sets the environment.
 * @throws InvalidConfiguration if it exists and cannot be read.
 */
function dotEnv(): Environment {
  if (environmentOf(process.env) !== 'development' || !existsSync('.env')) return {};
  const file = readText('.env');
  if ('rule' in file) throw new InvalidConfiguration([{ name: '.env', rule: file.rule }]);
  return parseEnv(file.text);
}

function present(source: NodeJS.ProcessEnv): Environment {
  return Object.fromEntries(
    Object.entries(source).filter(([, value]) => given(value) !== undefined),
  );
}
