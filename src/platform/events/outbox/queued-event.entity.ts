import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `event_queue`: an event that a destination has not taken yet. */
@Entity({ name: 'event_queue', schema: 'public' })
export class QueuedEvent {
  @PrimaryColumn('text')
  destination!: string;

  /** The part of the users that one relay works on. */
  @PrimaryColumn('smallint')
  share!: number;

  /** In the order of sequences within a user. */
  @PrimaryColumn('bigint')
  place!: string;

  @Column('timestamptz')
  event_at!: Date;

  @Column('uuid')
  event_id!: string;
}
