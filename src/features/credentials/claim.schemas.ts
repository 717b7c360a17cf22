import { z } from 'zod';

import { line } from '../../platform/common/primitives.js';

/** Any text may be a wrong address: nothing is told about its form but its size. */
export const anyEmail = line(1, 254).meta({ examples: ['ada@example.com'] });

/** A token that was issued or mailed: its form is nobody's business but ours. */
export const opaqueToken = z
  .string({ error: 'must be text' })
  .min(1, { error: 'must not be empty' })
  .max(512, { error: 'is too long' });
