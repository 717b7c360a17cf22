import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `sign_in_failures`: wrong passwords and second factors for an account, counted by where they came from. */
@Entity({ name: 'sign_in_failures', schema: 'public' })
export class SignInFailure {
  /** The hash of an address, see `lockoutAccount`. */
  @PrimaryColumn('bytea')
  account!: Buffer;

  /** A source, `device:<id>`, or for all together `account` (passwords) and `factors`. */
  @PrimaryColumn('text')
  origin!: string;

  @Column('integer')
  count!: number;

  @Column('timestamptz')
  first_at!: Date;

  @Column('timestamptz')
  last_at!: Date;
}
