import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `events`, kept for `EVENTS_RETENTION_DAYS`. */
@Entity({ name: 'events', schema: 'public' })
export class StoredEventRow {
  @PrimaryColumn('timestamptz')
  at!: Date;

  @PrimaryColumn('uuid')
  id!: string;

  /** The partition: the day of `at`, modulo 32. */
  @PrimaryColumn('smallint')
  day!: number;

  @Column('text')
  type!: string;

  @Column('uuid')
  user_id!: string;

  /** From 1 per user, without gaps. */
  @Column('bigint')
  sequence!: string;

  @Column('text', { nullable: true })
  traceparent!: string | null;

  @Column('jsonb')
  data!: Readonly<Record<string, unknown>>;
}
