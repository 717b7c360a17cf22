import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

import { type ProblemCode, problemCodes } from '../problems/problem-codes.js';
import { problemDocument } from '../problems/problem.schemas.js';

type HeaderObject = (typeof headers)['etag']['ETag'];

/** Headers of an answer, in the words of the API description. */
const headers = {
  etag: {
    ETag: {
      description: 'Version of the resource, for `If-Match`',
      schema: { type: 'string' as const },
    },
  },
  location: {
    Location: { description: 'Where the new resource is', schema: { type: 'string' as const } },
  },
};

const seconds = { schema: { type: 'integer' as const } };
const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds until trying again helps', ...seconds },
};

/** Headers of refusals, by status. */
const problemHeaders: Readonly<Record<number, Record<string, object>>> = {
  409: RETRY_AFTER,
  429: {
    ...RETRY_AFTER,
    'RateLimit-Policy': {
      description: 'Quota `q` per window of `w` seconds, for each policy of the route',
      schema: { type: 'string' as const },
    },
    RateLimit: {
      description:
        'Requests left (`r`) and seconds until the window ends (`t`); on limited routes always',
      schema: { type: 'string' as const },
    },
  },
  503: RETRY_AFTER,
};

/** What a route answers when all goes well. */
export interface Success {
  readonly status: 200 | 201 | 202 | 204;
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly headers?: readonly (keyof typeof headers)[];
}

/** Problems that any route can answer with. */
const everywhere: readonly ProblemCode[] = [
  'request.invalid',
  'auth.unauthenticated',
  'rate.limited',
  'internal',
  'service.overloaded',
  'dependency.unavailable',
];

/** Declares a route's answers: status and schema of success, and every problem by its code. */
export function Returns(success: Success, ...problems: readonly ProblemCode[]): MethodDecorator {
  return applyDecorators(
    HttpCode(success.status),
    ApiResponse({
      status: success.status,
      description: success.description,
      ...(success.schema && { standardSchema: success.schema }),
      headers: Object.assign({}, ...(success.headers ?? []).map((name) => headers[name])) as Record<
        string,
        HeaderObject
      >,
    }),
    Problems(...problems, ...everywhere),
  );
}

/** Declares the problems that a route can answer with, and no others. */
export function Problems(...problems: readonly ProblemCode[]): MethodDecorator {
  const byStatus = Map.groupBy(new Set(problems), (code) => problemCodes[code].status);
  return applyDecorators(
    ...[...byStatus].map(([status, codes]) =>
      ApiResponse({
        status,
        description: codes.map((code) => `\`${code}\`: ${problemCodes[code].title}`).join('; '),
        ...(problemHeaders[status] && {
          headers: problemHeaders[status],
        }),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            examples: Object.fromEntries(
              codes.map((code) => [code, { value: problemDocument.example(code) }]),
            ),
          },
        },
      }),
    ),
  );
}
