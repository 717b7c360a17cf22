import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `api_keys`. */
@Entity({ name: 'api_keys', schema: 'public' })
export class ApiKey {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text', { array: true })
  scopes!: string[];

  @Column('timestamptz')
  created_at!: Date;

  @Column('timestamptz', { nullable: true })
  expires_at!: Date | null;

  /** To the minute. */
  @Column('timestamptz', { nullable: true })
  last_used_at!: Date | null;

  /** The user or the API key that created it; null for commands and keys of `API_KEY`. */
  @Column('uuid', { nullable: true })
  created_by!: string | null;
}
