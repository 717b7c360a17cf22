import { Entity, PrimaryColumn } from 'typeorm';

/** A row of `event_destinations`: a destination that comes and goes while the service runs. */
@Entity({ name: 'event_destinations', schema: 'public' })
export class ListedDestination {
  @PrimaryColumn('text')
  name!: string;
}
