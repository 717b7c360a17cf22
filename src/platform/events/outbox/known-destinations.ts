import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { Database } from '../../database/database.js';
import { eventsConfig } from '../events.config.js';

/** How long it is known that there is no destination. A new one is met by all processes within this time. */
const KNOWN_MS = 1000;
const ANY = 'SELECT FROM public.event_destinations LIMIT 1';

/**
 * Whether there may be a destination: without one the statement that stores events is left out, which even then would
 * cost a sign-up a tenth. Nothing is asked at rest.
 */
@Injectable()
export class KnownDestinations {
  private noneUntil = -Infinity;
  private asking = false;
  /** Raised by each change of this process: an answer from before it is not used. */
  private changes = 0;

  constructor(
    private readonly database: Database,
    @Inject(eventsConfig.KEY) private readonly config: ConfigType<typeof eventsConfig>,
  ) {}

  /** False if there was none a moment ago. */
  mayExist(): boolean {
    if (this.config.destinations.length > 0) return true;
    if (performance.now() < this.noneUntil) return false;
    if (!this.asking) void this.ask();
    return true;
  }

  /** A destination may have come. */
  changed(): void {
    this.changes += 1;
    this.noneUntil = -Infinity;
  }

  private async ask(): Promise<void> {
    const [asked, changes] = [performance.now(), this.changes];
    this.asking = true;
    try {
      const rows = await this.database.readPrepared(ANY, []);
      if (rows.length === 0 && changes === this.changes) this.noneUntil = asked + KNOWN_MS;
    } catch {
      // The database is down, which is logged elsewhere.
    } finally {
      this.asking = false;
    }
  }
}
