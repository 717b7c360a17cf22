import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import type { EntityManager } from 'typeorm';

import { Database } from '../../database/database.js';
import { eventsConfig } from '../events.config.js';
import { DAYS } from './event-statement.js';

/** An old partition that somebody reads is left for the next time: emptying it would make all readers wait. */
const LOCK_TIMEOUT_MS = 1000;
/** Rows per transaction of the queue. */
const BATCH = 10_000;
const DAY_SECONDS = 86_400;

const EXPIRED = `
  DELETE FROM public.event_queue WHERE ctid IN (
    SELECT ctid FROM public.event_queue WHERE event_at < now() - make_interval(days => $1)
     LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`;

/** Removes events after `EVENTS_RETENTION_DAYS`: whole partitions, whatever is in them. */
@Injectable()
export class EventRetention {
  constructor(
    private readonly database: Database,
    @Inject(eventsConfig.KEY) private readonly config: ConfigType<typeof eventsConfig>,
  ) {}

  /** Removes old events, and what destinations have not taken of them. */
  async remove(): Promise<void> {
    const { retentionDays } = this.config;
    for (const partition of await this.expired(retentionDays))
      await this.database.transaction((manager) => empty(manager, partition));
    let removed: number;
    do {
      const { rowCount } = await this.database.write({ text: EXPIRED, values: [retentionDays] });
      removed = rowCount ?? 0;
    } while (removed === BATCH);
  }

  /** The partitions with events that are all older. */
  private async expired(days: number): Promise<string[]> {
    const today = Math.floor(Date.now() / 1000 / DAY_SECONDS);
    // Of tomorrow too: the clock of the database may be ahead of ours.
    const kept = new Set(Array.from({ length: days + 2 }, (_, ago) => (today + 1 - ago) % DAYS));
    const old = Array.from({ length: DAYS }, (_, day) => day).filter((day) => !kept.has(day));
    const names = old.map((day) => `public.events_${String(day).padStart(2, '0')}`);
    const filled = names.map(
      (name) => `SELECT '${name}' AS name WHERE EXISTS (SELECT FROM ${name})`,
    );
    const rows = await this.database.read((manager) =>
      manager.query<{ name: string }[]>(filled.join(' UNION ALL ')),
    );
    return rows.map(({ name }) => name);
  }
}

async function empty(manager: EntityManager, partition: string): Promise<void> {
  await manager.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
  await manager.query(`TRUNCATE ${partition}`);
}
