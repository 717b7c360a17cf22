import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `sign_in_failures`: wrong passwords for an account, counted by where they came from. */
@Entity({ name: 'sign_in_failures', schema: 'public' })
export class SignInFailure {
  /** The hash of an address, see `lockoutAccount`. */
  @PrimaryColumn('bytea')
  account!: Buffer;

  /** A source, `device:<id>`, or `account` for all together. */
  @PrimaryColumn('text')
  origin!: string;

  @Column('integer')
  count!: number;

  @Column('timestamptz')
  first_at!: Date;

  @Column('timestamptz')
  last_at!: Date;
}
