import { z } from 'zod';

import { timestamp } from '../../platform/common/primitives.js';
import { isoTime } from '../../platform/database/statements/iso-time.js';
import { olderThanDays, type PersonalData } from '../../platform/declarations/personal-data.js';
import { factorTypes } from './factor.entity.js';

const factor = z.object({
  id: z.uuid(),
  type: z.enum(factorTypes),
  name: z.string().nullable(),
  created_at: timestamp,
  confirmed_at: timestamp.nullable(),
  last_used_at: timestamp.nullable(),
});

export const factorsData: readonly PersonalData[] = [
  {
    table: 'public.factors',
    export: {
      key: 'factors',
      without: {
        secret: 'Whoever reads it can sign in.',
        last_step: 'The time is exported, as last_used_at.',
      },
      schema: z.array(factor).describe('Second factors, without their secrets'),
      sql: `SELECT id, type, name, ${isoTime('created_at')} AS created_at,
       ${isoTime('confirmed_at')} AS confirmed_at, ${isoTime('last_used_at')} AS last_used_at
  FROM public.factors WHERE user_id = $1 ORDER BY id`,
    },
    erasure: 'cascade',
    // The user decides about confirmed ones.
    retention: {
      kind: 'tokens',
      key: 'id',
      over: `confirmed_at IS NULL AND ${olderThanDays('created_at')}`,
      uncounted: true,
    },
  },
  {
    table: 'public.recovery_codes',
    export: { none: 'A hash proves identity and says nothing about it.' },
    erasure: 'cascade',
    retention: { none: 'Codes are kept until they are used or replaced; they go with the factor.' },
  },
];
