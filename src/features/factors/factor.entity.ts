import { Column, Entity, PrimaryColumn } from 'typeorm';

export const factorTypes = ['totp', 'passkey', 'recovery_codes'] as const;
export type FactorType = (typeof factorTypes)[number];

/** A row of `factors`: a second factor of a user, or the set of recovery codes. */
@Entity({ name: 'factors', schema: 'public' })
export class Factor {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  user_id!: string;

  @Column('text')
  type!: FactorType;

  @Column('text', { nullable: true })
  name!: string | null;

  /** Encrypted with the data key; null where the type has none. */
  @Column('bytea', { nullable: true })
  secret!: Buffer | null;

  /** Time step of the last accepted code. */
  @Column('integer', { nullable: true })
  last_step!: number | null;

  /** Hash of the last accepted recovery code. */
  @Column('bytea', { nullable: true })
  last_code_hash!: Buffer | null;

  @Column('timestamptz')
  created_at!: Date;

  /** Since when it counts. */
  @Column('timestamptz', { nullable: true })
  confirmed_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  last_used_at!: Date | null;
}
