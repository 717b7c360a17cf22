import { z } from 'zod';

import { anyEmail, opaqueToken } from '../../credentials/claim.schemas.js';
import { LONGEST_PASSWORD } from '../../credentials/passwords/password.schemas.js';
import { factorProof, oneProof } from '../../factors/factor.schemas.js';

/** Any text may be a wrong password: only its size is checked. */
const anyPassword = z
  .string({ error: 'must be text' })
  .min(1, { error: 'must not be empty' })
  .max(LONGEST_PASSWORD, { error: 'is too long' })
  .meta({ format: 'password', examples: ['correct horse battery'] });

export const loginRequest = z
  .strictObject({ email: anyEmail, password: anyPassword })
  .meta({ id: 'Login' });

const loginToken = opaqueToken
  .describe('From the problem `auth.factor-required`')
  .meta({ examples: ['Zx3kq0mV9v3oJt1n2cQy7u5wB8dLr4sEaHfGiKjMpTU'] });

export const factorOptionsRequest = z
  .strictObject({ login_token: loginToken })
  .meta({ id: 'FactorOptions' });

export const factorLoginRequest = z
  .strictObject({ login_token: loginToken, ...factorProof })
  .refine(...oneProof)
  .meta({ id: 'FactorLogin' });

export type LoginRequest = z.infer<typeof loginRequest>;
export type FactorOptionsRequest = z.infer<typeof factorOptionsRequest>;
export type FactorLoginRequest = z.infer<typeof factorLoginRequest>;
