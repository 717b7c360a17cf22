import { z } from 'zod';

import { isoTime } from '../../platform/database/statements/iso-time.js';
import {
  type JobsOfUser,
  olderThanDays,
  type PersonalData,
} from '../../platform/declarations/personal-data.js';
import { tierChange } from './tier.schemas.js';

export const tiersData: PersonalData = {
  table: 'public.tier_changes',
  place: 6,
  export: {
    key: 'tier_changes',
    without: {
      asks: 'A counter of attempts to reach the payment service.',
    },
    schema: z.array(tierChange).describe('Changes to paid tiers, and what became of them'),
    sql: `SELECT id, from_tier, to_tier, status, ${isoTime('created_at')} AS created_at,
       ${isoTime('ended_at')} AS ended_at
  FROM public.tier_changes WHERE user_id = $1 ORDER BY id`,
  },
  erasure: 'cascade',
  // Keys of charges; pending ones have no end. Their outcome stays in the audit log.
  retention: {
    kind: 'idempotency_keys',
    key: 'id',
    over: olderThanDays('ended_at'),
    uncounted: true,
  },
  // A charge with an unknown outcome must be settled first.
  keepsUsers: `SELECT user_id FROM public.tier_changes WHERE status = 'pending'`,
};

/** Jobs of tier changes. */
export const tierChangeJobs: JobsOfUser = {
  field: 'change_id',
  ids: 'SELECT id::text FROM public.tier_changes WHERE user_id = $1',
};
