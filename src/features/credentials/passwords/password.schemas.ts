import { z } from 'zod';

import { isWellFormed, within } from '../../../platform/common/primitives.js';
import { isCommonPassword } from './common-passwords.js';

/**
 * UTF-16 units. 128 normalised characters may be sent as letters with three marks each, of two
 * units each.
 */
export const LONGEST_PASSWORD = 1024;

/**
 * NIST SP 800-63B-4 §3.1.1.2: length and a list of common passwords, no composition rules.
 * Normalised, since keyboards encode the same character in different ways.
 */
export const newPassword = z
  .string({ error: 'must be text' })
  .refine(({ length }) => length <= LONGEST_PASSWORD, {
    error: 'must have 12 to 128 characters',
    abort: true,
  })
  .normalize('NFKC')
  .refine((value) => within(value, 12, 128), { error: 'must have 12 to 128 characters' })
  .refine((value) => isWellFormed(value), { error: 'must not contain control characters' })
  .refine((value) => !isCommonPassword(value), {
    error: 'is one of the most common passwords',
  })
  .meta({ format: 'password', minLength: 12, maxLength: 128, examples: ['correct horse battery'] });
