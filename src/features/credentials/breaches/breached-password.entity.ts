import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `breached_passwords`: a user who was told that the password is known from a breach. */
@Entity({ name: 'breached_passwords', schema: 'public' })
export class BreachedPassword {
  @PrimaryColumn('uuid')
  user_id!: string;

  @Column('bytea')
  hash_digest!: Buffer;

  @Column('timestamptz')
  found_at!: Date;
}
