import { z } from 'zod';

import { recoveryCode, totpCode } from '../../factors/factor.schemas.js';

export const stepUpRequest = z
  .strictObject({ code: totpCode.optional(), recovery_code: recoveryCode.optional() })
  .refine(({ code, recovery_code: other }) => (code === undefined) !== (other === undefined), {
    error: 'must have one of code and recovery_code',
  })
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
