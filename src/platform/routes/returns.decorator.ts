import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

import {
  DependencyUnavailable,
  InternalError,
  Overloaded,
  type ProblemClass,
  RateLimited,
  RequestInvalid,
  StepUpRequired,
  Unauthenticated,
} from '../problems/problem.js';
import { Problems } from '../problems/problems.decorator.js';

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

/** The success answer of a route. */
export interface Success {
  readonly status: 200 | 201 | 202 | 204;
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly headers?: readonly (keyof typeof headers)[];
}

/** Problems that any route can answer with. */
const everywhere: readonly ProblemClass[] = [
  RequestInvalid,
  Unauthenticated,
  StepUpRequired,
  RateLimited,
  InternalError,
  Overloaded,
  DependencyUnavailable,
];

/** Declares a route's answers: status and schema of success, and every problem by its class. */
export function Returns(success: Success, ...problems: readonly ProblemClass[]): MethodDecorator {
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
