import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `webhook_secrets`: a secret that signs for a webhook. */
@Entity({ name: 'webhook_secrets', schema: 'public' })
export class WebhookSecret {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  webhook_id!: string;

  /** Encrypted with the data key. */
  @Column('bytea')
  secret!: Buffer;

  /** Null for the current one, of which a webhook has exactly one. */
  @Column('timestamptz', { nullable: true })
  valid_until!: Date | null;
}
