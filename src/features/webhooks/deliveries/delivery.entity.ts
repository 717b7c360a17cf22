import { Column, Entity, PrimaryColumn } from 'typeorm';

export const deliveryStates = ['pending', 'delivered', 'dead'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** A row of `webhook_deliveries`: an event for a webhook. */
@Entity({ name: 'webhook_deliveries', schema: 'public' })
export class Delivery {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  webhook_id!: string;

  @Column('uuid')
  user_id!: string;

  /** The order within webhook and user. */
  @Column('bigint')
  place!: string;

  @Column('uuid')
  event_id!: string;

  @Column('timestamptz')
  event_time!: Date;

  @Column('text')
  type!: string;

  /** Of a test. */
  @Column('text', { nullable: true })
  body!: string | null;

  @Column('text')
  state!: DeliveryState;

  @Column('integer')
  attempts!: number;

  @Column('timestamptz', { nullable: true })
  first_attempt_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  next_at!: Date | null;

  @Column('integer', { nullable: true })
  answer_status!: number | null;

  @Column('text', { nullable: true })
  answer_body!: string | null;
}
