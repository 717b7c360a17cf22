import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `maintenance`: when a kind of it last succeeded. */
@Entity({ name: 'maintenance', schema: 'public' })
export class MaintenanceTask {
  @PrimaryColumn('text')
  task!: string;

  @Column('timestamptz')
  succeeded_at!: Date;
}
