import { z } from 'zod';

import { currentPassword, factorName, factorResponse, shownCodes } from '../factor.schemas.js';
import { challengeId, creationOptions, registrationResponse } from './passkey.schemas.js';

export const startPasskeyRequest = z
  .strictObject({ current_password: currentPassword.optional() })
  .meta({ id: 'StartPasskey' });

export const addPasskeyRequest = z
  .strictObject({
    challenge_id: challengeId,
    response: registrationResponse,
    name: factorName.optional(),
  })
  .meta({ id: 'AddPasskey' });

export const addedPasskey = factorResponse
  .extend({ recovery_codes: shownCodes.optional() })
  .meta({ id: 'AddedPasskey' });

export type StartPasskeyRequest = z.infer<typeof startPasskeyRequest>;
export type PasskeyCreation = z.infer<typeof creationOptions>;
export type AddPasskeyRequest = z.infer<typeof addPasskeyRequest>;
export type AddedPasskey = z.infer<typeof addedPasskey>;
