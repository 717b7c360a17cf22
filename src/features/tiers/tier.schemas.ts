import { z } from 'zod';

import { timestamp } from '../../platform/common/primitives.js';
import { tierField, tiers } from '../users/fields/user-fields.js';

export const changeTierRequest = z.strictObject({ tier: tierField }).meta({ id: 'ChangeTier' });

/** The answer while the outcome of the charge is unknown. */
export const tierChangePending = z
  .object({ status: z.literal('pending') })
  .meta({ id: 'TierChangePending', examples: [{ status: 'pending' }] });

export const tierChangeStatuses = [
  'pending',
  'applied',
  'declined',
  'not_charged',
  'orphaned',
] as const;

/** A change to a paid tier, with the fields for its user. */
export const tierChange = z.object({
  id: z.uuid(),
  from_tier: z.enum(tiers),
  to_tier: z.enum(tiers),
  status: z.enum(tierChangeStatuses),
  created_at: timestamp,
  ended_at: timestamp.nullable(),
});

export type ChangeTierRequest = z.infer<typeof changeTierRequest>;
export type TierChangePending = z.infer<typeof tierChangePending>;
export type TierChangeStatus = (typeof tierChangeStatuses)[number];
