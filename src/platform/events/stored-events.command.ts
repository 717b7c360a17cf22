import { setTimeout as delay } from 'node:timers/promises';

import { Option, SubCommand } from 'nest-commander';

import { appConfig } from '../app/app.config.js';
import { AdminCommand, ReportingCommand, wholeNumber } from '../cli/admin-command.js';
import { writeOutput } from '../cli/output-target.js';
import { timeOption } from '../cli/time-option.js';
import { databaseConfig } from '../database/connection/database.config.js';
import { httpConfig } from '../http/server/http.config.js';
import { telemetryConfig } from '../observability/telemetry.config.js';
import { eventsConfig } from './events.config.js';
import { EventsModule } from './events.module.js';
import { EventStatus } from './outbox/event-status.js';
import { EventStore } from './outbox/event-store.js';
import { cloudEvent, type StoredEvent } from './outbox/stored-event.js';

const NEEDS = {
  configs: [appConfig, telemetryConfig, databaseConfig, httpConfig, eventsConfig],
  imports: [EventsModule],
};

@SubCommand({ name: 'status', description: 'what waits for each destination, and who relays it' })
export class EventsStatusCommand extends ReportingCommand {
  async run(_args: string[], { json }: { json?: boolean }): Promise<void> {
    await this.context.run(NEEDS, async (app) => {
      const status = await app.get(EventStatus).read();
      const lines = status.destinations.map(
        ({ destination, waiting, oldest_seconds: age }) =>
          `${destination}: ${waiting} waiting${waiting === 0 ? '' : `, the oldest for ${age} s`}`,
      );
      const text = [
        ...(lines.length === 0 ? ['No destinations: no events are stored.'] : lines),
        `relays: ${status.relays}, stored events since: ${status.oldest_event ?? 'none'}`,
      ];
      this.print(status, json, text.join('\n'));
    });
  }
}

/** Events of one page. */
const PAGE = 500;
/** Between two looks for new events. */
const POLL_MS = 250;
/** Events become visible with their commit, this long after their time at most: looked for again. */
const LATE_MS = 10_000;

interface TailOptions {
  json?: boolean;
  since?: Date;
  limit?: number;
}

@SubCommand({ name: 'tail', description: 'print events as they are stored, until interrupted' })
export class EventsTailCommand extends AdminCommand {
  async run(_args: string[], { json, since, limit = Infinity }: TailOptions): Promise<void> {
    await this.context.run(NEEDS, async (app) => {
      const source = httpConfig().publicUrl;
      const events = follow(app.get(EventStore), since ?? new Date());
      const print = (event: StoredEvent) =>
        json === true ? cloudEvent(event, source) : line(event);
      await writeOutput('-', printed(events, print, limit));
    });
  }

  @Option({ flags: '--json', description: 'print each event as one line of JSON' })
  parseJson(): boolean {
    return true;
  }

  @Option({
    flags: '--since <time>',
    description: 'begin with stored events from this time (ISO 8601) on',
  })
  parseSince(value: string): Date {
    return timeOption('--since')(value);
  }

  @Option({ flags: '--limit <count>', description: 'end after so many events' })
  parseLimit(value: string): number {
    return wholeNumber('--limit', 1, 1_000_000)(value);
  }
}

/** Lines of events, at most so many. */
async function* printed(
  events: AsyncIterable<StoredEvent>,
  print: (event: StoredEvent) => string,
  limit: number,
): AsyncGenerator<string> {
  let left = limit;
  for await (const event of events) {
    yield `${print(event)}\n`;
    left -= 1;
    if (left <= 0) return;
  }
}

/** Stored events and those to come. A commit may be late: the last seconds are read again. */
async function* follow(store: EventStore, since: Date): AsyncGenerator<StoredEvent> {
  let from = since;
  let seen = new Map<string, StoredEvent>();
  for (;;) {
    let last: Parameters<EventStore['page']>[0] = { time: from };
    let page: StoredEvent[];
    do {
      page = await store.page(last, PAGE);
      for (const event of page) {
        if (!seen.has(event.id)) yield event;
        seen.set(event.id, event);
      }
      last = page.at(-1) ?? last;
    } while (page.length === PAGE);
    from = new Date(Math.max(from.getTime(), last.time.getTime() - LATE_MS));
    seen = new Map([...seen].filter(([, event]) => event.time >= from));
    await delay(POLL_MS);
  }
}

function line({ time: at, type, userId, sequence, id }: StoredEvent): string {
  return `${at.toISOString()}  ${type.padEnd(20)}  ${userId}  ${sequence}  ${id}`;
}
