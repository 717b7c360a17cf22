import * as fc from 'fast-check';

import { type Description, operationsOf, type Schema, schemaOf } from './openapi.js';

/** A request that breaks the API description in at least one way. */
export interface MalformedRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How it is broken, for the report. */
  readonly fault: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** Values that no field of the API takes: none of them is text that could be valid. */
const wrong = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, '', '\u0000', 'a\ud800', '\r\n', [], {}),
  fc.integer(),
  fc.double(),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.dictionary(fc.string(), fc.anything({ maxDepth: 2, values: [fc.integer(), fc.string()] })),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }).map((text) => `${text}\u0007`),
  fc.integer({ min: 300, max: 3000 }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 10, max: 400 }).map(nested),
);

const badJson = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    '}',
    '[1,',
    '{"email":}',
    "{'email':'a'}",
    'undefined',
    'NaN',
    '{"a":1}x',
  ),
  fc.string({ minLength: 1 }).map((text) => `{"email": "${text}`),
);

const otherType = fc.constantFrom(
  'text/plain',
  'text/json',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  'x',
);

/**
 * Malformed requests for every operation of the description that takes a body or a query.
 * @param id the user of paths.
 */
export function malformedRequests(
  description: Description,
  id: string,
): fc.Arbitrary<MalformedRequest> {
  const operations = operationsOf(description).filter(({ path }) => path.startsWith('/users'));
  return fc.oneof(
    ...operations.flatMap(({ method, path, operation }) => {
      const target = { method: method.toUpperCase(), path: path.replace('{id}', id) };
      const media = operation.requestBody?.content['application/json'];
      const queries = (operation.parameters ?? []).filter((each) => each.in === 'query');
      return [
        ...(media ? [brokenBodies(target, schemaOf(description, media.schema))] : []),
        ...(queries.length > 0
          ? [
              brokenQueries(
                target,
                queries.map(({ name }) => name),
              ),
            ]
          : []),
        ...(path.includes('{id}') ? [brokenPaths(target.method, Boolean(media))] : []),
      ];
    }),
  );
}

function brokenBodies(
  target: { method: string; path: string },
  { properties = {}, required = [] }: Schema,
): fc.Arbitrary<MalformedRequest> {
  const names = Object.keys(properties).filter((name) => name !== 'current_password');
  const valid = { email: 'fuzz@example.com', name: 'Fuzz' };
  const allowed = Object.fromEntries(
    Object.entries(valid).filter(([name]) => required.includes(name)),
  );
  const make = (fault: string, body: unknown) => ({
    ...target,
    fault,
    headers: JSON_TYPE,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  // `role`, `email` and `password` are refused to services as forbidden: also a 4xx, but no fault.
  const own = names.filter((name) => required.length > 0 || ['name', 'status'].includes(name));
  const cases: fc.Arbitrary<MalformedRequest>[] = [
    fc
      .tuple(unknownName(names), wrong)
      .map(([name, value]) => make('an unknown field', { ...allowed, [`x${name}`]: value })),
    fc
      .constantFrom<unknown>(null, [], 0, true, [allowed], nested(200))
      .map((body) => make('another shape', JSON.stringify(body))),
    badJson.map((body) => make('bad JSON', body)),
    fc
      .integer({ min: 110_000, max: 150_000 })
      .map((size) => make('too large', { name: 'x'.repeat(size) })),
    otherType.map((type) => ({
      ...make(`type ${type}`, allowed),
      headers: { 'content-type': type },
    })),
  ];
  if (own.length > 0)
    cases.push(
      fc
        .tuple(fc.subarray(own, { minLength: 1 }), fc.array(wrong, { minLength: 8, maxLength: 8 }))
        .map(([fields, values]) => {
          const bad = Object.fromEntries(fields.map((name, index) => [name, values[index]]));
          return make(`wrong ${fields.join(', ')}`, { ...allowed, ...bad });
        }),
    );
  if (required.length > 0)
    cases.push(
      fc.constantFrom(...required).map((name) => {
        const { [name as keyof typeof valid]: _left, ...rest } = valid;
        return make(`no ${name}`, rest);
      }),
    );
  return fc.oneof(...cases);
}

function brokenQueries(
  target: { method: string; path: string },
  names: readonly string[],
): fc.Arbitrary<MalformedRequest> {
  const broken = (fault: string, query: string) => ({
    ...target,
    fault,
    path: `${target.path}?${query}`,
    headers: {},
  });
  const typed = names.filter((name) => ['limit', 'cursor', 'status'].includes(name));
  return fc.oneof(
    fc
      .tuple(fc.constantFrom(...typed), fc.string({ unit: 'binary' }))
      .map(([name, value]) =>
        broken(`bad ${name}`, `${name}=${encodeURIComponent(`!${value.toWellFormed()}`)}`),
      ),
    fc.constantFrom(...names).map((name) => broken(`${name} twice`, `${name}=1&${name}=2`)),
    unknownName(names).map((name) =>
      broken('an unknown parameter', `x${encodeURIComponent(name.toWellFormed())}=1`),
    ),
  );
}

function brokenPaths(method: string, hasBody: boolean): fc.Arbitrary<MalformedRequest> {
  return fc
    .oneof(fc.constantFrom('%', '%zz', '%00', '%ff', '..%2f', 'me!'), fc.nat().map(String))
    .map((id) => ({
      method,
      path: `/users/${id}`,
      fault: `path ${id}`,
      headers: hasBody ? JSON_TYPE : {},
      ...(hasBody && { body: '{"name":"x"}' }),
    }));
}

function unknownName(known: readonly string[]): fc.Arbitrary<string> {
  return fc.string({ maxLength: 30 }).filter((name) => !known.includes(`x${name}`));
}

function nested(depth: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < depth; level += 1) value = level % 2 ? { a: value } : [value];
  return value;
}
