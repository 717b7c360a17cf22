import type { z } from 'zod';

import { type InputFault, RequestInvalid } from '../../problems/problem.js';

type Issue = z.core.$ZodIssue;

/** Source of the input, which decides the form of a pointer. */
export type InputPlace = 'body' | { readonly in: 'query' | 'path'; readonly name?: string };

/** Names from the client are truncated, so that an answer is not a copy of a huge request. */
const MAX_NAME = 100;

const deferred = new WeakSet<object>();

/** Marks a body's schema as one that the service validates itself: the pipe only describes it. */
export function validatedByService<Schema extends z.ZodType>(schema: Schema): Schema {
  deferred.add(schema);
  return schema;
}

export function isValidatedByService(schema: object): boolean {
  return deferred.has(schema);
}

/**
 * Parses input by a schema.
 * @throws RequestInvalid with all invalid fields.
 */
export function validate<Output>(
  schema: z.ZodType<Output>,
  input: unknown,
  place: InputPlace = 'body',
): Output {
  // A missing body counts as an empty object, so that each required field is reported.
  const given = place === 'body' && input === undefined ? {} : input;
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new RequestInvalid(result.error.issues.flatMap((issue) => faults(issue, place, given)));
}

function faults(issue: Issue, place: InputPlace, given: unknown): InputFault[] {
  const path = issue.path.map(String);
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const detail = detailOf(issue, given);
  if (place !== 'body') {
    const names = unknown.length > 0 ? unknown : [place.name ?? path[0] ?? ''];
    return names.map((name) => ({ pointer: `${place.in}/${name.slice(0, MAX_NAME)}`, detail }));
  }
  // Zod reports all unknown keys of an object in one issue.
  const pointers = unknown.length > 0 ? unknown.map((key) => [...path, key]) : [path];
  return pointers.map((pointer) => ({ pointer: toPointer(pointer), detail }));
}

function detailOf(issue: Issue, given: unknown): string {
  if (issue.code === 'unrecognized_keys') return 'is not a known field';
  if (isMissing(issue, given)) return 'is missing';
  return issue.message.startsWith('Invalid input') ? 'has the wrong type' : issue.message;
}

/** Whether the value is missing: a message about its type would not help. */
function isMissing({ path }: Issue, given: unknown): boolean {
  const found = path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    given,
  );
  return path.length > 0 && found === undefined;
}

/** A JSON pointer (RFC 6901); long names are truncated. */
export function toPointer(path: readonly string[]): string {
  return path
    .map((segment) => `/${segment.slice(0, MAX_NAME).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
