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

/** Names are the client's and cut, so that an answer is not a copy of a huge request. */
const MAX_NAME = 100;

/** Validates what a parameter's `schema` describes, and names every bad field at once. */
export class ValidationPipe extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const { schema } = metadata;
    if (!schema) return value;
    // A missing body reads better as an empty object: each required field is then named.
    const given = metadata.type === 'body' && value === undefined ? {} : value;
    const result = await schema['~standard'].validate(given);
    if (result.issues)
      throw new RequestInvalid(result.issues.flatMap((issue) => faults(issue, metadata)));
    return result.value as T;
  }
}

function faults(issue: Issues[number], { type, data }: ArgumentMetadata): InputFault[] {
  const path = (issue.path ?? []).map((segment) =>
    String(typeof segment === 'object' ? segment.key : segment),
  );
  if (type === 'param' || type === 'query') {
    const unknown = unknownKeys(issue);
    const names = unknown.length > 0 ? unknown : [data ?? path[0] ?? ''];
    return names.map((name) => ({
      pointer: `${prefixes[type] ?? type}/${name.slice(0, MAX_NAME)}`,
      detail: detailOf(issue),
    }));
  }
  const keys = unknownKeys(issue);
  const pointers = keys.length > 0 ? keys.map((key) => [...path, key]) : [path];
  return pointers.map((pointer) => ({ pointer: toPointer(pointer), detail: detailOf(issue) }));
}

/** Zod names all unknown keys of an object in one issue. */
function unknownKeys(issue: Issues[number]): string[] {
  return 'keys' in issue && Array.isArray(issue.keys) ? issue.keys.map(String) : [];
}

function detailOf(issue: Issues[number]): string {
  if (unknownKeys(issue).length > 0) return 'is not a known field';
  // Zod's own words for a missing value or a wrong type; ours say what is wanted.
  return issue.message.startsWith('Invalid input')
    ? 'is missing or has the wrong type'
    : issue.message;
}

/** RFC 6901. */
function toPointer(path: readonly string[]): string {
  return path
    .map((segment) => `/${segment.slice(0, MAX_NAME).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
