import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `refresh_tokens`: a token by its SHA-256, used once. */
@Entity({ name: 'refresh_tokens', schema: 'public' })
export class RefreshToken {
  @PrimaryColumn('bytea')
  token_hash!: Buffer;

  @Column('uuid')
  session_id!: string;

  @Column('timestamptz')
  expires_at!: Date;

  @Column('timestamptz', { nullable: true })
  used_at!: Date | null;

  /** The token that took its place; set together with `used_at`. */
  @Column('bytea', { nullable: true })
  successor_hash!: Buffer | null;

  @Column('timestamptz')
  created_at!: Date;
}
