import { z } from 'zod';

import { anyEmail } from '../../credentials/claim.schemas.js';
import { LONGEST_PASSWORD } from '../../credentials/passwords/password.schemas.js';

/** Any text may be a wrong password: only its size is checked. */
const anyPassword = z
  .string({ error: 'must be text' })
  .min(1, { error: 'must not be empty' })
  .max(LONGEST_PASSWORD, { error: 'is too long' })
  .meta({ format: 'password', examples: ['correct horse battery'] });

export const loginRequest = z
  .strictObject({ email: anyEmail, password: anyPassword })
  .meta({ id: 'Login' });

export type LoginRequest = z.infer<typeof loginRequest>;
