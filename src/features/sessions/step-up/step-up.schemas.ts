import { z } from 'zod';

import { factorProof, oneProof } from '../../factors/factor.schemas.js';

export const stepUpRequest = z
  .strictObject(factorProof)
  .refine(...oneProof)
  .meta({ id: 'StepUp' });

export const stepUpResponse = z
  .object({
    access_token: z.string().describe('JWT for `Authorization: Bearer`, of the same session'),
    token_type: z.literal('Bearer'),
    expires_in: z.int().describe('Seconds until the access token is over'),
  })
  .meta({ id: 'StepUpTokens' });

export type StepUpRequest = z.infer<typeof stepUpRequest>;
export type StepUpResponse = z.infer<typeof stepUpResponse>;
