import { EventEmitter } from 'node:events';

import { Injectable } from '@nestjs/common';

import { Database } from '../../database/database.js';

/** The channel of notifications. */
export const EVENTS_CHANNEL = 'events';
/** Events of this time share a notification: longer than a commit takes, shorter than anybody notices. */
const COLLECT_MS = 20;

/**
 * Tells relays that events have arrived, or a destination. Not by the commits themselves: those that notify wait for each
 * other. Polling finds events with a lost notification.
 */
@Injectable()
export class EventArrivals {
  private readonly arrivals = new EventEmitter();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: Database) {}

  onArrival(listener: () => void): void {
    this.arrivals.on('arrived', listener);
  }

  /** Calls the listeners of this process. */
  arrived(): void {
    this.arrivals.emit('arrived');
  }

  /** Events are about to be committed, or a destination was. */
  expect(): void {
    this.timer ??= setTimeout(() => void this.notify(), COLLECT_MS).unref();
  }

  private async notify(): Promise<void> {
    this.timer = undefined;
    this.arrived();
    await this.database.execute(`SELECT pg_notify('${EVENTS_CHANNEL}', '')`).catch(() => undefined);
  }
}
