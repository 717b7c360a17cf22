import { type ArgumentMetadata, StandardSchemaValidationPipe } from '@nestjs/common';

import { type InputFault, RequestInvalid } from './problem.js';

type Issues = Parameters<
  NonNullable<
    NonNullable<ConstructorParameters<typeof StandardSchemaValidationPipe>[0]>['exceptionFactory']
  >
>[0];

/** What input can be: the part of the request decides how a fault is pointed to. */
const prefixes: Partial<Record<ArgumentMetadata['type'], string>> = {
  query: 'query',
  param: 'path',
};

/** Validates what a parameter's `schema` describes, and names every bad field at once. */
export class ValidationPipe extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const { schema } = metadata;
    if (!schema) return value;
    // A missing body reads better as an empty object: each required field is then named.
    const given = metadata.type === 'body' && value === undefined ? {} : value;
    const result = await schema['~standard'].validate(given);
    if (result.issues)
      throw new RequestInvalid(result.issues.flatMap((issue) => faults(issue, metadata, given)));
    return result.value as T;
  }
}

function faults(
  issue: Issues[number],
  { type, data }: ArgumentMetadata,
  given: unknown,
): InputFault[] {
  const detail = isMissing(issue, given) ? 'is missing' : detailOf(issue);
  const path = (issue.path ?? []).map((segment) =>
    String(typeof segment === 'object' ? segment.key : segment),
  );
  if (type === 'param' || type === 'query') {
    const name = data ?? path[0] ?? unknownKeys(issue)[0] ?? '';
    return [{ pointer: `${prefixes[type] ?? type}/${name}`, detail }];
  }
  const keys = unknownKeys(issue);
  const pointers = keys.length > 0 ? keys.map((key) => [...path, key]) : [path];
  return pointers.map((pointer) => ({ pointer: toPointer(pointer), detail }));
}

/** Whether nothing stands where the fault is: wanting text is then no help. */
function isMissing({ path = [] }: Issues[number], given: unknown): boolean {
  const found = path.reduce<unknown>((value, segment) => {
    const key = typeof segment === 'object' ? segment.key : segment;
    return typeof value === 'object' && value !== null
      ? (value as Record<PropertyKey, unknown>)[key]
      : undefined;
  }, given);
  return path.length > 0 && found === undefined;
}

/** Zod names all unknown keys of an object in one issue. */
function unknownKeys(issue: Issues[number]): string[] {
  return 'keys' in issue && Array.isArray(issue.keys) ? issue.keys.map(String) : [];
}

function detailOf(issue: Issues[number]): string {
  if (unknownKeys(issue).length > 0) return 'is not a known field';
  return issue.message.startsWith('Invalid input') ? 'has the wrong type' : issue.message;
}

/** RFC 6901; names are the client's and cut, so that an answer is not a copy of a huge request. */
function toPointer(path: readonly string[]): string {
  return path
    .map((segment) => `/${segment.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
