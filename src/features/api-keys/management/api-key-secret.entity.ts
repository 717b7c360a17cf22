import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `api_key_secrets`: a text that is valid for a key. */
@Entity({ name: 'api_key_secrets', schema: 'public' })
export class ApiKeySecret {
  /** SHA-256 of the text. */
  @PrimaryColumn('bytea')
  digest!: Buffer;

  @Column('uuid')
  key_id!: string;

  /** Null for the current text, of which a key has exactly one. */
  @Column('timestamptz', { nullable: true })
  valid_until!: Date | null;
}
