import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { z } from 'zod';

import { type InputPlace, isValidatedByService, validate } from './validation.js';

/** Validates what a parameter's `schema` describes. */
export class ValidationPipe implements PipeTransform {
  // Synchronous: a promise per parameter costs more than most schemas.
  transform(value: unknown, { schema, type, data }: ArgumentMetadata): unknown {
    if (!(schema instanceof z.ZodType) || isValidatedByService(schema)) return value;
    return validate(schema, value, placeOf(type, data));
  }
}

function placeOf(type: ArgumentMetadata['type'], name: string | undefined): InputPlace {
  if (type === 'body' || type === 'custom') return 'body';
  return { in: type === 'param' ? 'path' : 'query', ...(name !== undefined && { name }) };
}
