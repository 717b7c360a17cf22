import { z } from 'zod';

import { timestamp } from '../../platform/common/primitives.js';
import { roles } from '../../platform/common/request/principal.js';
import { isoTime } from '../../platform/database/statements/iso-time.js';
import {
  type JobsOfUser,
  olderThanDays,
  type PersonalData,
} from '../../platform/declarations/personal-data.js';
import { tiers } from '../users/fields/user-fields.js';

const invitation = z.object({
  by_user: z.boolean().describe('Whether this user invited'),
  about_user: z.boolean().describe('Whether this user was invited'),
  email: z.string().nullable().describe('Only of this user'),
  name: z.string().nullable().describe('Only of this user'),
  role: z.enum(roles),
  tier: z.enum(tiers),
  created_at: timestamp,
  expires_at: timestamp,
  accepted_at: timestamp.nullable(),
});

/** Invitations that became the account `$1`, and others to its address once that is confirmed. */
const ABOUT_USER = `
  SELECT id FROM public.invitations WHERE user_id = $1::uuid
   UNION
  SELECT i.id FROM public.invitations i
    JOIN public.users u ON lower(i.email COLLATE "C") = lower(u.email COLLATE "C")
   WHERE i.accepted_at IS NULL AND u.id = $1::uuid AND u.email_verified`;

export const invitationsData: PersonalData = {
  table: 'public.invitations',
  export: {
    key: 'invitations',
    without: {
      id: 'Says nothing about the user.',
      email_as_typed: 'Exported as the address.',
      inviter_kind: 'Exported as by_user: another inviter is another person.',
      inviter_id: 'Exported as by_user: another inviter is another person.',
      token_id: 'The token is derived from it.',
      token_hash: 'A hash proves identity and says nothing about it.',
    },
    schema: z.array(invitation),
    // Who invited, and who was invited, is the data of that person.
    sql: `SELECT inviter_id IS NOT DISTINCT FROM $1::uuid AS by_user, about_user,
       CASE WHEN about_user THEN coalesce(email_as_typed, email) END AS email,
       CASE WHEN about_user THEN name END AS name,
       role, tier, ${isoTime('created_at')} AS created_at,
       ${isoTime('expires_at')} AS expires_at, ${isoTime('accepted_at')} AS accepted_at
  FROM (SELECT *, id IN (${ABOUT_USER}) AS about_user FROM public.invitations
         WHERE inviter_id = $1::uuid OR id IN (${ABOUT_USER})) AS of_user
 ORDER BY id`,
  },
  // Those of invited users go with them, by the foreign key. Without its inviter an invitation has no effect.
  erasure: {
    sql: 'UPDATE public.invitations SET inviter_id = NULL WHERE inviter_id = ANY($1::uuid[])',
  },
  retention: {
    kind: 'tokens',
    key: 'id',
    over: olderThanDays('coalesce(accepted_at, expires_at)'),
  },
};

/** Jobs of mails that invited. */
export const invitationJobs: JobsOfUser = {
  field: 'invitation_id',
  ids: `SELECT id::text FROM public.invitations WHERE inviter_id = $1::uuid OR id IN (${ABOUT_USER})`,
};
