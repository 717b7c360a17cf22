import { applyDecorators, HttpCode } from '@nestjs/common';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

import {
  DependencyUnavailable,
  InternalError,
  Overloaded,
  type ProblemClass,
  RateLimited,
  RequestInvalid,
  RequestTooLarge,
  StepUpRequired,
  Unauthenticated,
  UnsupportedMediaType,
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

/** Further problems of a route that reads a body. */
const ofBodies: readonly ProblemClass[] = [RequestTooLarge, UnsupportedMediaType];

/**
 * Declares a route's answers: status and schema of success, and every problem by its class, except
 * those of all routes and of all bodies.
 */
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
    (target, key, descriptor) => {
      if (readsBody(target, key)) Problems(...ofBodies)(target, key, descriptor);
    },
  );
}

/** Whether a handler has a parameter with `@Body`, by the metadata of Nest. */
function readsBody(target: object, key: string | symbol): boolean {
  const parameters = Reflect.getMetadata('__routeArguments__', target.constructor, key) as object;
  return Object.keys(parameters ?? {}).some((name) => name.startsWith(`${RouteParamtypes.BODY}:`));
}
