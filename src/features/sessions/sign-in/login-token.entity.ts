import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `login_tokens`: a sign-in whose first factor was right and that waits for the second factor. */
@Entity({ name: 'login_tokens', schema: 'public' })
export class LoginToken {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  user_id!: string;

  @Column('bytea')
  token_hash!: Buffer;

  @Column('timestamptz')
  created_at!: Date;

  @Column('timestamptz')
  expires_at!: Date;

  @Column('timestamptz', { nullable: true })
  used_at!: Date | null;

  /** Checks of a factor that have begun. */
  @Column('smallint')
  tries!: number;

  /** That of the user when it was made: it ends when the user's is another. */
  @Column('integer')
  credentials_version!: number;

  /** The same of the confirmed factors. */
  @Column('uuid', { array: true })
  factor_ids!: string[];

  /** Where the first factor came from, IPv4 address or IPv6 /64. */
  @Column('text')
  source!: string;

  /** A device that has signed in to the account before. */
  @Column('uuid', { nullable: true })
  device_id!: string | null;

  /** The methods of the first factor, RFC 8176. */
  @Column('text', { array: true })
  amr!: string[];
}
