import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';

import { Problems } from '../problems/problems.decorator.js';
import { IdempotencyInFlight, IdempotencyMismatch } from './idempotency.errors.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

/**
 * Honours `Idempotency-Key` on a route, and declares the problems that come of it; `@Route` applies
 * it where it says `idempotent`. The answer is stored in the transaction of `Database.commit`, and of
 * transactions `withAnswer`; what they wrote is not committed yet when they resolve.
 */
export function Idempotent(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    Problems(IdempotencyInFlight, IdempotencyMismatch),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Names this request for 24 hours: sent again with the same body it is not done again but answered the same.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    }),
  );
}
