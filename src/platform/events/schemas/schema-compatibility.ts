/** The parts of a JSON Schema that schemas of events consist of. */
export interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly [more: string]: unknown;
}

/** What receivers may rely on beside the structure. */
const PROMISES = ['type', '$ref', 'format', 'pattern', 'minimum', 'const'] as const;

/**
 * What a new schema takes from receivers that were written for the old one, in words: fields that are gone or may be
 * missing, values that were not there before. New fields are ignored by receivers, and break nothing.
 * @returns nothing when the schemas are compatible.
 */
export function breaks(old: JsonSchema, now: JsonSchema, path = 'data'): string[] {
  return [
    ...PROMISES.filter((promise) => promise in old && old[promise] !== now[promise]).map(
      (promise) => `${path} has another ${promise}`,
    ),
    ...(now.enum ?? [])
      .filter((value) => old.enum?.includes(value) === false)
      .map((value) => `${path} may be ${JSON.stringify(value)}`),
    ...('enum' in old && !('enum' in now) ? [`${path} may be anything`] : []),
    ...(old.required ?? [])
      .filter((name) => now.required?.includes(name) !== true)
      .map((name) => `${path}.${name} may be missing`),
    ...Object.entries(old.properties ?? {}).flatMap(([name, property]) => {
      const next = now.properties?.[name];
      return next === undefined
        ? [`${path}.${name} is gone`]
        : breaks(property, next, `${path}.${name}`);
    }),
    ...Object.entries(old.$defs ?? {}).flatMap(([name, definition]) =>
      breaks(definition, now.$defs?.[name] ?? {}, name),
    ),
    ...(old.items && now.items ? breaks(old.items, now.items, `${path}[]`) : []),
  ];
}
