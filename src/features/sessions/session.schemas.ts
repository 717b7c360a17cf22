import { z } from 'zod';

import { timestamp } from '../../platform/common/primitives.js';
import { anyEmail, opaqueToken } from '../credentials/claim.schemas.js';
import { LONGEST_PASSWORD } from '../credentials/passwords/password.schemas.js';

/** Any text may be a wrong password: only its size is checked. */
const anyPassword = z
  .string({ error: 'must be text' })
  .min(1, { error: 'must not be empty' })
  .max(LONGEST_PASSWORD, { error: 'is too long' })
  .meta({ format: 'password', examples: ['correct horse battery'] });

export const loginRequest = z
  .strictObject({ email: anyEmail, password: anyPassword })
  .meta({ id: 'Login' });
export const refreshRequest = z
  .strictObject({ refresh_token: opaqueToken })
  .meta({ id: 'Refresh' });
export const tokensResponse = z
  .object({
    access_token: z.string().describe('JWT for `Authorization: Bearer`'),
    token_type: z.literal('Bearer'),
    expires_in: z.int().describe('Seconds until the access token is over'),
    refresh_token: z.string().describe('Good for one `POST /auth/refresh`'),
    device_token: z
      .string()
      .describe('To be kept beyond sign-out and sent as `X-Device-Token` when signing in again'),
  })
  .meta({ id: 'Tokens' });

export const sessionList = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        created_at: timestamp,
        last_used_at: timestamp,
        ip: z.string().nullable(),
        user_agent: z.string().nullable(),
        current: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Sessions' });

export const jwkSet = z
  .object({
    keys: z.array(
      z.object({
        kty: z.string(),
        crv: z.string(),
        x: z.string(),
        y: z.string().optional(),
        alg: z.enum(['EdDSA', 'ES256']),
        kid: z.string(),
        use: z.literal('sig'),
      }),
    ),
  })
  .meta({ id: 'JwkSet' });

export type LoginRequest = z.infer<typeof loginRequest>;
export type RefreshRequest = z.infer<typeof refreshRequest>;
export type TokensResponse = z.infer<typeof tokensResponse>;
export type SessionList = z.infer<typeof sessionList>;
export type JwkSet = z.infer<typeof jwkSet>;
