import { z } from 'zod';

import { timestamp } from '../../platform/common/primitives.js';
import { isoTime } from '../../platform/database/statements/iso-time.js';
import { olderThanDays, type PersonalData } from '../../platform/declarations/personal-data.js';

const identity = z.object({
  id: z.uuid(),
  provider: z.string(),
  issuer: z.string(),
  subject: z.string().describe('Who the user is at the issuer'),
  email: z.string().nullable().describe('The address there when it was linked'),
  created_at: timestamp,
  last_used_at: timestamp.nullable(),
});

export const identitiesData: readonly PersonalData[] = [
  {
    table: 'public.identities',
    export: {
      key: 'identities',
      schema: z.array(identity).describe('At identity providers'),
      sql: `SELECT id, provider, issuer, subject, email, ${isoTime('created_at')} AS created_at,
       ${isoTime('last_used_at')} AS last_used_at
  FROM public.identities WHERE user_id = $1 ORDER BY id`,
    },
    erasure: 'cascade',
    retention: { none: 'The user decides about them.' },
  },
  {
    table: 'public.oidc_states',
    export: { none: 'Ten minutes of a sign-in under way; what came of it is in the other tables.' },
    erasure: 'cascade',
    retention: { kind: 'tokens', key: 'id', over: olderThanDays('expires_at'), uncounted: true },
  },
  {
    table: 'public.identity_link_tokens',
    export: { none: 'Five minutes of a sign-in under way, of somebody who is no user yet.' },
    erasure: {
      sql: `DELETE FROM public.identity_link_tokens t USING public.users u
 WHERE u.id = ANY($1::uuid[]) AND lower(t.email COLLATE "C") = lower(u.email COLLATE "C")`,
    },
    retention: { kind: 'tokens', key: 'id', over: olderThanDays('expires_at'), uncounted: true },
  },
];
