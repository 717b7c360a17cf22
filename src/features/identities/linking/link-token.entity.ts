import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `identity_link_tokens`: an identity that somebody has proved, and that no account has yet. Deleted by its use. */
@Entity({ name: 'identity_link_tokens', schema: 'public' })
export class LinkToken {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('bytea')
  token_hash!: Buffer;

  @Column('text')
  provider!: string;

  @Column('text')
  issuer!: string;

  @Column('text')
  subject!: string;

  /** Only the account with this address can link it. */
  @Column('text')
  email!: string;

  @Column('timestamptz')
  created_at!: Date;

  @Column('timestamptz')
  expires_at!: Date;
}
