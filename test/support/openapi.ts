/** The parts of an OpenAPI 3.1 document that tests look at. */
export interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** The parts of a JSON Schema that tests look at. */
export interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, { readonly example?: unknown }>>;
  readonly required?: readonly string[];
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Schema }>> };
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly content?: Readonly<
          Record<string, { readonly examples?: Readonly<Record<string, { value: unknown }>> }>
        >;
      }
    >
  >;
}

/** Every operation with its method and path. */
export function operationsOf({ paths }: Description) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
}

/**
 * A body for an operation: the examples of its required fields; nothing where it takes no body.
 * @throws Error for a required field without an example
 */
export function exampleBody(
  description: Description,
  { operationId, requestBody }: Operation,
): object | undefined {
  const media = requestBody?.content['application/json'];
  if (media === undefined) return undefined;
  const { required = [], properties = {} } = schemaOf(description, media.schema);
  return Object.fromEntries(
    required.map((field) => {
      const { example } = properties[field] ?? {};
      if (example === undefined) throw new Error(`${operationId}: ${field} has no example`);
      return [field, example];
    }),
  );
}

/** A schema itself, where a `$ref` may stand for it. */
export function schemaOf(description: Description, schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (resolve(description, schema.$ref) as Schema);
}

/** What a `$ref` within the document points to; nothing when it points to nothing. */
export function resolve(description: Description, reference: string): unknown {
  if (!reference.startsWith('#/')) return undefined;
  return reference
    .slice(2)
    .split('/')
    .map((segment) => decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (at, segment) => (at as Record<string, unknown> | undefined)?.[segment],
      description,
    );
}
