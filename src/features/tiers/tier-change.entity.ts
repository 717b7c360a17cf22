import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { Tier } from '../users/fields/user-fields.js';
import type { TierChangeStatus } from './tier.schemas.js';

/** A row of `tier_changes`: a change to a paid tier. Its id is the `Idempotency-Key` of the charge. */
@Entity({ name: 'tier_changes', schema: 'public' })
export class TierChange {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  user_id!: string;

  @Column('text')
  from_tier!: Tier;

  @Column('text')
  to_tier!: Tier;

  @Column('text')
  status!: TierChangeStatus;

  /** How often the payment service was asked, counted before each. */
  @Column('integer')
  asks!: number;

  @Column('timestamptz')
  created_at!: Date;

  @Column('timestamptz', { nullable: true })
  ended_at!: Date | null;
}
