import { z } from 'zod';

import { timestamp } from '../../../platform/common/primitives.js';
import { assuranceLevels } from '../../../platform/common/request/principal.js';

export const sessionList = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        created_at: timestamp,
        last_used_at: timestamp,
        ip: z.string().nullable(),
        user_agent: z.string().nullable(),
        current: z.boolean(),
        acr: z.enum(assuranceLevels).describe('`aal2`: proved by a second factor or a passkey'),
      }),
    ),
  })
  .meta({ id: 'Sessions' });

export type SessionList = z.infer<typeof sessionList>;
