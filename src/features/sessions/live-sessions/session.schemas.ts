import { z } from 'zod';

import { timestamp } from '../../../platform/common/primitives.js';

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
      }),
    ),
  })
  .meta({ id: 'Sessions' });

export type SessionList = z.infer<typeof sessionList>;
