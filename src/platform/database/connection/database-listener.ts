import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { DATABASE_ADDRESS, type DatabaseAddress } from './database-address.js';
import { DatabaseClient } from '../client/database-client.js';
import { clientOptions } from './data-source-options.js';

const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 1000;
const ANSWER_MS = 3000;

interface Subscription {
  readonly onNotification: (payload: string) => void;
  /**
   * Called after each (re)connection: notifications sent meanwhile are lost, so the state must be
   * read.
   */
  readonly onReconnect: () => void;
}

/**
 * LISTEN on a separate connection, which is opened at the first subscription, reopened after a
 * loss, and shared by all channels of the process.
 */
@Injectable()
export class DatabaseListener implements OnApplicationShutdown {
  private readonly subscriptions = new Map<string, Subscription>();
  private client: DatabaseClient | undefined;
  private timer: NodeJS.Timeout | undefined;
  private delayMs = FIRST_DELAY_MS;
  private closed = false;

  constructor(
    @Inject(DATABASE_ADDRESS) private readonly address: DatabaseAddress,
    @InjectPinoLogger('database') private readonly logger: PinoLogger,
  ) {}

  /** Subscribes to a channel; delivery begins with the first `onReconnect`. */
  async listen(
    channel: string,
    onNotification: Subscription['onNotification'],
    onReconnect: Subscription['onReconnect'],
  ): Promise<{ close(): Promise<void> }> {
    this.subscriptions.set(channel, { onNotification, onReconnect });
    if (this.client) await this.add(channel, this.client);
    else await this.connect();
    return {
      close: async () => {
        this.subscriptions.delete(channel);
        if (this.subscriptions.size === 0) await this.disconnect();
      },
    };
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    await this.disconnect();
  }

  /** A lost connection is replaced by one that listens to all channels. */
  private async add(channel: string, client: DatabaseClient): Promise<void> {
    try {
      await client.query(`LISTEN "${channel}"`);
      this.subscriptions.get(channel)?.onReconnect();
    } catch {
      this.lost(client);
    }
  }

  private async connect(): Promise<void> {
    const client = new DatabaseClient(
      clientOptions(this.address, 'directUrl', 'user-api-listen', ANSWER_MS),
    );
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ channel, payload }) =>
      this.subscriptions.get(channel)?.onNotification(payload ?? ''),
    );
    this.client = client;
    try {
      await client.connect();
      for (const channel of this.subscriptions.keys()) await client.query(`LISTEN "${channel}"`);
    } catch {
      this.lost(client);
      return;
    }
    this.delayMs = FIRST_DELAY_MS;
    for (const { onReconnect } of this.subscriptions.values()) onReconnect();
  }

  private lost(client: DatabaseClient): void {
    if (this.client !== client) return;
    this.client = undefined;
    void client.end().catch(() => undefined);
    if (this.closed || this.subscriptions.size === 0) return;
    this.logger.debug(
      { dependency: 'database', delay_ms: this.delayMs },
      'notification channel lost',
    );
    this.timer = setTimeout(() => void this.connect(), this.delayMs);
    this.delayMs = Math.min(this.delayMs * 2, MAX_DELAY_MS);
  }

  private async disconnect(): Promise<void> {
    clearTimeout(this.timer);
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }
}
