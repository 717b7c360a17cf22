import { z } from 'zod';

import { authenticationResponse, challengeId } from '../../factors/passkeys/passkey.schemas.js';

export const passkeyLoginRequest = z
  .strictObject({ challenge_id: challengeId, response: authenticationResponse })
  .meta({ id: 'PasskeyLogin' });

export type PasskeyLoginRequest = z.infer<typeof passkeyLoginRequest>;
