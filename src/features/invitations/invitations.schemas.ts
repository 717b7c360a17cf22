import { z } from 'zod';

import { cursorOf } from '../../platform/common/cursor.js';
import { pageLimit, timestamp, uuid } from '../../platform/common/primitives.js';
import { roles } from '../../platform/common/request/principal.js';
import { givenName } from '../users/fields/given-name.js';
import { emailField, roleField, tierField, tiers } from '../users/fields/user-fields.js';

export const createInvitationRequest = z
  .strictObject({
    email: emailField,
    role: roleField.default('user').describe('`superuser` can be given by superusers only'),
    tier: tierField.default('free').describe('A paid one needs the right to create paid users'),
    name: givenName.optional(),
  })
  .meta({ id: 'CreateInvitation' });

export const listInvitationsQuery = z.strictObject({
  limit: pageLimit,
  cursor: cursorOf(z.tuple([uuid])).optional(),
});

export const invitationResponse = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string().nullable(),
    role: z.enum(roles),
    tier: z.enum(tiers),
    invited_by: z.object({ kind: z.enum(['user', 'service']), id: z.uuid().nullable() }),
    created_at: timestamp,
    expires_at: timestamp,
    accepted_at: timestamp.nullable(),
    user_id: z.uuid().nullable().describe('The account it became'),
  })
  .meta({ id: 'Invitation' });

export const invitationPage = z
  .object({ items: z.array(invitationResponse), next_cursor: z.string().nullable() })
  .meta({ id: 'InvitationPage' });

export type CreateInvitationRequest = z.infer<typeof createInvitationRequest>;
export type ListInvitationsQuery = z.infer<typeof listInvitationsQuery>;
export type InvitationResponse = z.infer<typeof invitationResponse>;
export type InvitationPage = z.infer<typeof invitationPage>;
