import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { Role } from '../../platform/common/request/principal.js';
import type { Status, Tier } from './fields/user-fields.js';

/**
 * A row of `users`. Properties are named as the columns, so that entities, raw rows and responses
 * share one shape.
 */
@Entity({ name: 'users', schema: 'public' })
export class User {
  @PrimaryColumn('uuid')
  id!: string;

  /** The mail address, with its domain in ASCII. Clients see `typedEmail`. */
  @Column('text')
  email!: string;

  /** The address as it was typed, where its domain was not in ASCII. */
  @Column('text', { nullable: true })
  email_as_typed!: string | null;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  password_hash!: string | null;

  @Column('text')
  status!: Status;

  @Column('text')
  role!: Role;

  @Column('text')
  tier!: Tier;

  @Column('text')
  source!: string;

  @Column('boolean')
  email_verified!: boolean;

  /** A canonical BCP 47 tag: the language of mails and pages. */
  @Column('text')
  locale!: string;

  /** Counts every change: the entity tag. */
  @Column('integer')
  version!: number;

  /** Counts every change that ends sessions. */
  @Column('integer')
  credentials_version!: number;

  /** Counts how often the devices of the user were forgotten: older device tokens are invalid. */
  @Column('integer')
  device_generation!: number;

  @Column('timestamptz')
  created_at!: Date;

  @Column('timestamptz')
  updated_at!: Date;

  @Column('timestamptz', { nullable: true })
  deleted_at!: Date | null;
}
