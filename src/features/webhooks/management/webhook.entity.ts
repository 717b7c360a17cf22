import { Column, Entity, PrimaryColumn } from 'typeorm';

export const webhookStatuses = ['active', 'paused'] as const;
export type WebhookStatus = (typeof webhookStatuses)[number];

/** A row of `webhooks`. */
@Entity({ name: 'webhooks', schema: 'public' })
export class Webhook {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  url!: string;

  @Column('text', { array: true })
  types!: string[];

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text')
  status!: WebhookStatus;

  @Column('timestamptz')
  created_at!: Date;

  @Column('timestamptz')
  updated_at!: Date;

  /** Since when its deliveries are tried at this URL. */
  @Column('timestamptz')
  tried_since!: Date;

  @Column('uuid', { nullable: true })
  created_by!: string | null;
}
