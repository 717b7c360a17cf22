import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { Role } from '../../platform/common/request/principal.js';
import type { Tier } from '../users/fields/user-fields.js';

/** A row of `invitations`. */
@Entity({ name: 'invitations', schema: 'public' })
export class Invitation {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  email!: string;

  @Column('text', { nullable: true })
  email_as_typed!: string | null;

  /** What the inviter calls the person, who may choose another name. */
  @Column('text', { nullable: true })
  name!: string | null;

  @Column('text')
  role!: Role;

  @Column('text')
  tier!: Tier;

  @Column('text')
  inviter_kind!: 'user' | 'service';

  /** Null for an erased user, and for a key of `API_KEY`. */
  @Column('uuid', { nullable: true })
  inviter_id!: string | null;

  /** What the token of the newest mail is made from. */
  @Column('uuid')
  token_id!: string;

  @Column('bytea')
  token_hash!: Buffer;

  @Column('timestamptz')
  created_at!: Date;

  @Column('timestamptz')
  expires_at!: Date;

  @Column('timestamptz', { nullable: true })
  accepted_at!: Date | null;

  /** The account it became. */
  @Column('uuid', { nullable: true })
  user_id!: string | null;
}
