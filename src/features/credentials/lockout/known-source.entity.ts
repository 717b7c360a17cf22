import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `known_sources`: where a user has signed in before, IPv4 address or IPv6 /64. */
@Entity({ name: 'known_sources', schema: 'public' })
export class KnownSource {
  @PrimaryColumn('uuid')
  user_id!: string;

  @PrimaryColumn('text')
  source!: string;

  /** Programs that were used there, see `clientOf`. None: any, since they were not recorded. */
  @Column('text', { array: true })
  clients!: string[];

  @Column('timestamptz')
  last_at!: Date;
}
