import { z } from 'zod';

import { anyEmail, opaqueToken } from '../credentials/claim.schemas.js';
import { newPassword } from '../credentials/passwords/password.schemas.js';

export const verifyEmailRequest = z
  .strictObject({ token: opaqueToken })
  .meta({ id: 'VerifyEmail' });
export const resetPasswordRequest = z
  .strictObject({ token: opaqueToken, password: newPassword })
  .meta({ id: 'ResetPassword' });
export const notMeRequest = z.strictObject({ token: opaqueToken }).meta({ id: 'NotMe' });
export const accountMailRequest = z
  .strictObject({ email: anyEmail })
  .meta({ id: 'AccountMailRequest' });

export type VerifyEmailRequest = z.infer<typeof verifyEmailRequest>;
export type ResetPasswordRequest = z.infer<typeof resetPasswordRequest>;
export type NotMeRequest = z.infer<typeof notMeRequest>;
export type AccountMailRequest = z.infer<typeof accountMailRequest>;
