import { z } from 'zod';

import { opaqueToken } from '../../credentials/claim.schemas.js';
import { newPassword } from '../../credentials/passwords/password.schemas.js';
import { givenName } from '../../users/fields/given-name.js';

export const acceptInvitationRequest = z
  .strictObject({
    token: opaqueToken.meta({ examples: ['the-token-of-the-mail'] }),
    name: givenName.optional().describe('Required if the inviter gave none'),
    password: newPassword,
    email: z.unknown().optional().describe('Ignored: the account has the invited address'),
  })
  .meta({ id: 'AcceptInvitation' });

export type AcceptInvitationRequest = z.infer<typeof acceptInvitationRequest>;
