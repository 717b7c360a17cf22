import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `daily_figures`: how often something happened on a day. */
@Entity({ name: 'daily_figures', schema: 'public' })
export class DailyFigure {
  /** `YYYY-MM-DD`, UTC. */
  @PrimaryColumn('date')
  day!: string;

  @PrimaryColumn('text')
  figure!: string;

  @PrimaryColumn('text')
  label!: string;

  /** A bigint, which the driver gives as text. */
  @Column('bigint')
  count!: string;
}
