import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A token for `account_exists` opens nothing: it is the record of a mail about a repeated sign-up. */
export type TokenPurpose = 'verify_email' | 'password_reset' | 'account_exists' | 'not_me';

/** A row of `mailed_tokens`: a token by its SHA-256, used once. */
@Entity({ name: 'mailed_tokens', schema: 'public' })
export class MailedToken {
  /** What the token is made from. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  user_id!: string;

  @Column('text')
  purpose!: TokenPurpose;

  @Column('bytea')
  token_hash!: Buffer;

  @Column('timestamptz')
  expires_at!: Date;

  @Column('timestamptz', { nullable: true })
  used_at!: Date | null;

  @Column('timestamptz')
  created_at!: Date;
}
