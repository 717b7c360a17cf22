import {
  DiscardPolicy,
  type JetStreamClient,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
} from '@nats-io/jetstream';
import { connect, credsAuthenticator, type NatsConnection, nanos } from '@nats-io/transport-node';

import type { Outage } from '../../observability/logging/outages.js';

const STREAM = 'USERS';
const SUBJECT = 'users';
/** Repeated within this time, an event is stored once: longer than a relay is taken over. */
const DEDUPLICATION_MS = 120_000;

export interface JetStreamOptions {
  readonly servers: readonly string[];
  readonly tls: boolean;
  /** Content of a `.creds` file. */
  readonly credentials: string | undefined;
  /** Age at which the stream drops messages, where it does not exist yet. */
  readonly retentionDays: number;
  readonly outage: Outage;
  /** How long each answer of the server is waited for. */
  readonly answerMs: number;
}

/** Publishes to JetStream, and makes the stream if it is missing. */
export class JetStreamPublisher {
  private connection: NatsConnection | undefined;
  private client: Promise<JetStreamClient> | undefined;
  private closed = false;

  constructor(private readonly options: JetStreamOptions) {}

  /**
   * Publishes a message to `users.<type>`, unless the stream has one with the same id.
   * @throws when the stream does not acknowledge it in time; it may have been stored.
   */
  async publish(type: string, id: string, body: string): Promise<void> {
    try {
      const client = await this.open();
      await client.publish(`${SUBJECT}.${type}`, body, {
        msgID: id,
        timeout: this.options.answerMs,
        retries: 0,
      });
      this.options.outage.succeeded();
    } catch (error) {
      this.options.outage.failed(error);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.connection?.close();
  }

  /** Connects once for all callers of a moment; after a failure the next caller tries again. */
  private async open(): Promise<JetStreamClient> {
    this.client ??= this.connect().catch((error: unknown) => {
      this.client = undefined;
      throw error;
    });
    return this.client;
  }

  private async connect(): Promise<JetStreamClient> {
    const { servers, tls, credentials, answerMs } = this.options;
    const connection = await connect({
      servers: [...servers],
      name: 'user-api-events',
      timeout: answerMs,
      reconnect: true,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      pingInterval: 5000,
      maxPingOut: 2,
      // Otherwise each publication takes two stack traces, a fifth of its CPU time, in case that it fails.
      noAsyncTraces: true,
      ...(tls && { tls: {} }),
      ...(credentials !== undefined && {
        // The library needs the end of the last line, which reading the variable removes.
        authenticator: credsAuthenticator(new TextEncoder().encode(`${credentials}\n`)),
      }),
    });
    this.connection = connection;
    // For good, such as with credentials that the server refuses: the next publication connects anew.
    void this.forget(connection);
    if (this.closed) await connection.close();
    try {
      await this.ensureStream(connection);
    } catch (error) {
      await connection.close();
      throw error;
    }
    return jetstream(connection, { timeout: answerMs });
  }

  private async forget(connection: NatsConnection): Promise<void> {
    await connection.closed();
    if (this.connection === connection) this.client = undefined;
  }

  /** An existing stream stays as it is: whoever made it knows why. */
  private async ensureStream(connection: NatsConnection): Promise<void> {
    const manager = await jetstreamManager(connection, {
      timeout: this.options.answerMs,
      checkAPI: false,
    });
    const exists = await manager.streams.info(STREAM).then(
      () => true,
      (error: unknown) => {
        if (isMissing(error)) return false;
        throw error;
      },
    );
    if (exists) return;
    await manager.streams.add({
      name: STREAM,
      subjects: [`${SUBJECT}.>`],
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.Old,
      max_age: nanos(this.options.retentionDays * 86_400_000),
      duplicate_window: nanos(DEDUPLICATION_MS),
    });
  }
}

/** Code 10059 of JetStream. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 10_059;
}
