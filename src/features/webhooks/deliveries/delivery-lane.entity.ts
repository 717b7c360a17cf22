import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `webhook_lanes`: a user with pending deliveries to a webhook. */
@Entity({ name: 'webhook_lanes', schema: 'public' })
export class DeliveryLane {
  @PrimaryColumn('uuid')
  webhook_id!: string;

  @PrimaryColumn('uuid')
  user_id!: string;

  @Column('integer')
  pending!: number;

  @Column('timestamptz')
  due!: Date;

  @Column('uuid', { nullable: true })
  claim!: string | null;
}
