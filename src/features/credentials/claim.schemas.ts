import { z } from 'zod';

import { line } from '../../platform/common/primitives.js';

/** Any text may be a wrong address: only its size is checked. */
export const anyEmail = line(1, 254).meta({ examples: ['ada@example.com'] });

/** An issued or mailed token: its format is not part of the API. */
export const opaqueToken = z
  .string({ error: 'must be text' })
  .min(1, { error: 'must not be empty' })
  .max(512, { error: 'is too long' });
