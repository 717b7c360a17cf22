import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `event_relays`: a process that relays events. */
@Entity({ name: 'event_relays', schema: 'public' })
export class RelayProcess {
  @PrimaryColumn('uuid')
  id!: string;

  /** It is dead from then on, unless it has extended its time. */
  @Column('timestamptz')
  until!: Date;
}
