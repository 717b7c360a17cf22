import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `oidc_states`: a sign-in that waits for the callback of its provider. Deleted by its use. */
@Entity({ name: 'oidc_states', schema: 'public' })
export class OidcState {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('bytea')
  token_hash!: Buffer;

  /** Id of the provider. */
  @Column('text')
  provider!: string;

  @Column('text')
  redirect_uri!: string;

  /** Who links an identity; null for a sign-in. */
  @Column('uuid', { nullable: true })
  user_id!: string | null;

  /** That of the user, who may link no more once it is another. */
  @Column('integer', { nullable: true })
  credentials_version!: number | null;

  @Column('timestamptz')
  created_at!: Date;

  @Column('timestamptz')
  expires_at!: Date;
}
