import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `event_shares`: a part of the users, and the relay that works on it. */
@Entity({ name: 'event_shares', schema: 'public' })
export class EventShare {
  @PrimaryColumn('smallint')
  share!: number;

  @Column('uuid', { nullable: true })
  relay_id!: string | null;

  @Column('timestamptz')
  until!: Date;
}
