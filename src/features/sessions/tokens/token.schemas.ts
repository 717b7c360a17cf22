import { z } from 'zod';

import { opaqueToken } from '../../credentials/claim.schemas.js';

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

export type RefreshRequest = z.infer<typeof refreshRequest>;
export type TokensResponse = z.infer<typeof tokensResponse>;
export type JwkSet = z.infer<typeof jwkSet>;
