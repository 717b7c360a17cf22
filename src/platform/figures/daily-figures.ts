import {
  type BeforeApplicationShutdown,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import { Raw, Repository } from 'typeorm';

import { Database } from '../database/database.js';
import { columnsOf } from '../database/transactions/write.js';
import { DailyFigure } from './daily-figure.entity.js';
import { RequestFigures } from './request-figures.js';

/** What is counted by day. Each has labels from a closed set, so that rows stay few. */
export type FigureName = 'sign-ups' | 'sign-ins' | 'mails' | 'requests' | 'latency';

/** A count of a day. */
export interface FigureOfDay {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly figure: string;
  readonly label: string;
  readonly count: number;
}

/** How often a process stores what it counted, in milliseconds: what a killed process loses at most. */
const INTERVAL_MS = 30_000;

const COLUMNS = ['day', 'figure', 'label', 'count'] as const;

/** Sorted, so that processes lock common rows in one order. */
const ADD = `
  INSERT INTO public.daily_figures AS kept (${COLUMNS.join(', ')})
  SELECT * FROM unnest($1::date[], $2::text[], $3::text[], $4::bigint[]) AS added (${COLUMNS.join(', ')})
   ORDER BY day, figure, label
  ON CONFLICT (day, figure, label) DO UPDATE SET count = kept.count + excluded.count`;

/**
 * Counts by day (UTC), added up in the database by all processes. A process counts in memory and
 * stores the sums twice a minute: a request pays an addition, no row is hot, and a question about a
 * month reads a few hundred rows however many users there are.
 */
@Injectable()
export class DailyFigures implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private pending = new Map<string, FigureOfDay>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly requests: RequestFigures,
    @InjectRepository(DailyFigure) private readonly rows: Repository<DailyFigure>,
    @InjectPinoLogger('figures') private readonly logger: PinoLogger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), INTERVAL_MS).unref();
  }

  /** While the database is still open; what the last requests in flight add is lost. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  /** Counts something that has happened now. */
  add(figure: FigureName, label: string, count = 1): void {
    this.keep({ day: today(), figure, label, count });
  }

  /**
   * The counts of the last days, today included: those of this process up to now, those of others up
   * to their last flush. @throws DependencyUnavailable
   */
  async lastDays(days: number): Promise<FigureOfDay[]> {
    await this.flush();
    const first = (column: string) => `${column} > (now() AT TIME ZONE 'UTC')::date - :days::int`;
    const rows = await this.database.read(() => this.rows.findBy({ day: Raw(first, { days }) }));
    return rows.map((row) => ({ ...row, count: Number(row.count) }));
  }

  /** Stores what was counted. Without the database it is kept for the next time. */
  private async flush(): Promise<void> {
    for (const { figure, label, count } of await this.requests.sinceLast())
      this.add(figure, label, count);
    const added = [...this.pending.values()];
    if (added.length === 0) return;
    this.pending = new Map();
    try {
      await this.database.write({ text: ADD, values: columnsOf(added, COLUMNS) });
    } catch (error) {
      for (const figure of added) this.keep(figure);
      this.logger.debug({ err: error }, 'daily figures not stored');
    }
  }

  private keep(added: FigureOfDay): void {
    const key = `${added.day} ${added.figure} ${added.label}`;
    const count = added.count + (this.pending.get(key)?.count ?? 0);
    this.pending.set(key, { ...added, count });
  }
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
