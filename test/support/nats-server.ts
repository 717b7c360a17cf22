import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { jetstream } from '@nats-io/jetstream';
import { connect, type NodeConnectionOptions } from '@nats-io/transport-node';

import { acceptsConnections } from './accepts-connections.js';
import { freePort } from './free-port.js';
import { waitFor } from './wait-for.js';

/**
 * How long a request for messages lasts, the least that the library takes. After a restart of the server it counts those
 * of before the restart as open, asks for too few messages and gets no more until this time has passed; it looks no
 * sooner for a consumer that the server could not tell of at once.
 */
const PULL_MS = 1000;

/** An event as a consumer of the stream gets it. */
export interface CloudEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly sequence: string;
  readonly time: string;
  readonly dataschema: string;
  readonly data: { readonly user_id: string; readonly version: number } & Readonly<
    Record<string, unknown>
  >;
}

/** A real NATS server with JetStream of a test's own. */
export interface NatsServer {
  readonly url: string;
  /** SIGKILL. What was acknowledged stays. */
  kill(): Promise<void>;
  /** Starts it again on the same port, after `kill()`. */
  restart(): Promise<void>;
  /** Collects the events of the stream, from its first on, as long as the test runs. */
  consume(): Promise<Consumption>;
  stop(): Promise<void>;
}

export interface Consumption {
  readonly events: readonly CloudEvent[];
  /** The subjects and the headers `Nats-Msg-Id` of the same. */
  readonly subjects: readonly string[];
  readonly messageIds: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts `nats-server` on a free port of loopback and waits until it accepts connections.
 * @param client what consumers need to connect, such as credentials.
 */
export async function startNats(
  options: readonly string[] = [],
  client: NodeConnectionOptions = {},
): Promise<NatsServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'cnua-nats-'));
  let child = await launch(port, folder, options);
  const consumptions: Consumption[] = [];
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    url: `${client.tls ? 'tls' : 'nats'}://127.0.0.1:${port}`,
    kill,
    restart: async () => {
      child = await launch(port, folder, options);
    },
    consume: async () => {
      const consumption = await consume(port, client);
      consumptions.push(consumption);
      return consumption;
    },
    stop: async () => {
      for (const each of consumptions) await each.close();
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function consume(port: number, client: NodeConnectionOptions): Promise<Consumption> {
  const connection = await connect({
    servers: `127.0.0.1:${port}`,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 100,
    ...client,
  });
  const events: CloudEvent[] = [];
  const subjects: string[] = [];
  const messageIds: string[] = [];
  const stream = await waitFor('the stream', () => jetstream(connection).streams.get('USERS'));
  const consumer = await stream.getConsumer();
  const messages = await consumer.consume({ expires: PULL_MS });
  void (async () => {
    for await (const message of messages) {
      events.push(message.json<CloudEvent>());
      subjects.push(message.subject);
      messageIds.push(message.headers?.get('Nats-Msg-Id') ?? '');
    }
  })();
  return {
    events,
    subjects,
    messageIds,
    close: async () => {
      messages.stop();
      await connection.close();
    },
  };
}

async function launch(
  port: number,
  folder: string,
  options: readonly string[],
): Promise<ChildProcess> {
  const address = ['--addr', '127.0.0.1', '--port', String(port)];
  const child = spawn('nats-server', [...address, '-js', '-sd', folder, ...options], {
    cwd: folder,
    stdio: 'ignore',
  });
  await waitFor('NATS to accept connections', () => acceptsConnections(port));
  return child;
}
