import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `event_counters`: the last sequence of a user. */
@Entity({ name: 'event_counters', schema: 'public' })
export class EventCounter {
  @PrimaryColumn('uuid')
  user_id!: string;

  @Column('bigint')
  last!: string;
}
