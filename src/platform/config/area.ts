import type { z } from 'zod';

/** One environment variable with its rule and documentation. */
export interface Variable<Value = unknown> {
  readonly schema: z.ZodType<Value, string>;
  /** What the variable does, one sentence for operators. */
  readonly about: string;
  /** The default, as text of the environment; without one the value is optional. */
  readonly fallback?: string;
  /** The setting that determines the default; `as` converts its text. */
  readonly follows?: {
    readonly name: string;
    readonly variable: Variable;
    readonly as?: (text: string) => string;
  };
  /** The default in words, if another setting determines it. */
  readonly fallbackText?: string;
  /** Secrets, and addresses that may hold one: masked in output, also read from `<NAME>_FILE`. */
  readonly secret?: boolean;
  /** Not secret, but also read from `<NAME>_FILE`. */
  readonly mountable?: boolean;
}

export type Variables = Readonly<Record<string, Variable>>;

/** The parsed values of a set of variables: optional where there is no default. */
export type Values<V extends Variables> = {
  readonly [Name in keyof V]: V[Name] extends Variable<infer Value>
    ? V[Name] extends { fallback: string } | { follows: { variable: { fallback: string } } }
      ? Value
      : Value | undefined
    : never;
};

/**
 * A rule beyond a variable's form. `check` returns the fault, or undefined. `isGiven` tells values
 * that were set from defaults.
 */
export interface Rule<V extends Variables> {
  readonly variable: keyof V & string;
  readonly check: (
    values: Values<V>,
    production: boolean,
    isGiven: (name: keyof V & string) => boolean,
  ) => string | undefined;
}

/** One part of the environment: its variables and the rules between them. */
export interface Area<V extends Variables = Variables, Others extends Variables = Variables> {
  readonly title: string;
  readonly variables: V;
  /** Variables of other areas, which report their own faults: for the rules and the settings. */
  readonly reads?: Others;
  readonly rules?: readonly Rule<V & Others>[];
  /** Standard variables without an effect here: setting one is a fault. */
  readonly unsupported?: readonly string[];
}

/** Declares an area; the function exists so that rules are typed by the variables beside them. */
export function area<
  const V extends Variables,
  // oxlint-disable-next-line typescript/no-empty-object-type -- none unless given
  const Others extends Variables = {},
>(definition: Area<V, Others>): Area<V, Others> {
  return definition;
}

/** The fault of a rule that holds in production only. */
export function inProduction<V>(fault: string, broken: (values: V) => boolean) {
  return (values: V, production: boolean): string | undefined =>
    production && broken(values) ? fault : undefined;
}
