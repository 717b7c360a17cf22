import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { AssuranceLevel } from '../../../platform/common/request/principal.js';

/** A row of `sessions`: a signed-in device. */
@Entity({ name: 'sessions', schema: 'public' })
export class Session {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  user_id!: string;

  @Column('timestamptz')
  created_at!: Date;

  @Column('timestamptz')
  last_used_at!: Date;

  @Column('timestamptz')
  expires_at!: Date;

  @Column('timestamptz', { nullable: true })
  ended_at!: Date | null;

  @Column('inet', { nullable: true })
  ip!: string | null;

  @Column('text', { nullable: true })
  user_agent!: string | null;

  /** That of the user when it was opened: the session ends when the user's is another. */
  @Column('integer')
  credentials_version!: number;

  /** Which device token came with it. */
  @Column('uuid', { nullable: true })
  device_id!: string | null;

  /** How the person proved who they are: the level, and the methods (RFC 8176). */
  @Column('text')
  acr!: AssuranceLevel;

  @Column('text', { array: true })
  amr!: string[];

  /** When. A refresh does not change it. */
  @Column('timestamptz')
  auth_time!: Date;

  /** Which factor raised it to `aal2`. */
  @Column('uuid', { nullable: true })
  factor_id!: string | null;

  /** Tries to raise it since the last right one, with those that are being checked. */
  @Column('smallint')
  step_up_tries!: number;

  /** The wrong ones among them. */
  @Column('smallint')
  step_up_failures!: number;
}
