import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';

import { sized } from '../support/drill-length.js';
import { figure } from '../support/figure.js';
import { ready } from '../support/ready.js';
import { type Service, startService } from '../support/service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const CLIENTS = 300;
/** What a head may take, and as long again to notice on a busy machine. */
const HEAD_LIMIT_MS = 20_000;
const BODY_LIMIT_MS = 60_000;
const HEAD = 'POST /users HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
const HALF_HEAD = HEAD.slice(0, -4);
const HALF_BODY = `${HEAD}Content-Length: 100\r\n\r\n{"email":`;

/** As the kernel writes ports. */
const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0');

describe('clients that neither send, nor read, nor close', () => {
  let database: TestDatabase;
  let service: Service;
  /** With their ports. */
  const clients = new Map<Socket, number>();

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterEach(async () => {
    for (const client of clients.keys()) client.destroy();
    clients.clear();
    if (service.process.exitCode === null) await service.kill();
  });

  afterAll(() => database?.drop());

  async function launch(env: Readonly<Record<string, string>> = {}): Promise<void> {
    service = await startService({
      DATABASE_URL: database.url,
      JOBS_IN_API: 'false',
      ...env,
    }).then(ready);
  }

  function stall(bytes: string, count: number): void {
    const { hostname, port } = new URL(service.url);
    for (let number = 0; number < count; number += 1) {
      const client = connect({ port: Number(port), host: hostname, allowHalfOpen: true }).pause();
      client.on('error', () => undefined);
      client.on('connect', () => clients.set(client, Number(client.localPort)));
      client.write(bytes);
    }
  }

  /** How many of the clients' connections the process still holds, by the table of its kernel. */
  function heldConnections(): number {
    const here = hex(Number(new URL(service.url).port));
    const theirs = new Set([...clients.values()].map(hex));
    return readFileSync('/proc/net/tcp', 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local = '', remote = '', , , , , , , inode]) => {
        const [, port] = local.split(':');
        const [, client = ''] = remote.split(':');
        // A connection that the process has closed belongs to no process.
        return port === here && theirs.has(client) && inode !== '0';
      }).length;
  }

  const inFlight = async () => {
    const { text } = await service.get('/metrics');
    // One is the question itself.
    return Number(/^active_connections (\d+)$/m.exec(text)?.[1]) - 1;
  };

  const answered = (status: number) =>
    service.logs.filter(({ status_code }) => status_code === status).length;

  it.each<readonly [what: string, bytes: string, requests: number, limitMs: number]>([
    ['heads', HALF_HEAD, 0, HEAD_LIMIT_MS],
    ...sized([], [['bodies', HALF_BODY, CLIENTS, BODY_LIMIT_MS] as const]),
  ])(
    `give back what ${CLIENTS} of them held after their time is up, half of their %s sent`,
    async (what, bytes, requests, limitMs) => {
      await launch();
      stall(bytes, CLIENTS);
      await waitFor('the connections', () => heldConnections() === CLIENTS);
      // Some of many are refused, and hold their connection as well.
      await waitFor('the requests', async () => (await inFlight()) + answered(503) === requests);
      const held = await inFlight();
      const began = performance.now();
      await waitFor('the end of all', () => heldConnections() === 0, limitMs);
      expect(await inFlight()).toBe(0);
      const seconds = Math.round((performance.now() - began) / 1000);
      figure(`${CLIENTS} half-sent ${what}: all connections free after ${seconds} s`);
      expect(answered(499)).toBe(held);
      expect(await service.stop()).toBe(0);
    },
    BODY_LIMIT_MS + 30_000,
  );

  it('do not delay the end of a process, which logs their requests', async () => {
    await launch({ SHUTDOWN_TIMEOUT_SECONDS: '8' });
    stall('', 5);
    stall(HALF_HEAD, 5);
    stall(HALF_BODY, 5);
    await waitFor('the connections', () => heldConnections() === 15);
    await waitFor('the requests', async () => (await inFlight()) === 5);
    const began = performance.now();
    expect(await service.stop()).toBe(0);
    const seconds = (performance.now() - began) / 1000;
    expect(seconds).toBeLessThan(8);
    const line = service.logs.find(({ message }) => message === 'shutting down');
    expect(line?.['work']).toBe('POST /users (5), half-sent requests (10)');
    await waitFor('a line for each half-sent body', () => {
      const closed = service.logs.filter(({ status_code }) => status_code === 499);
      return closed.filter(({ endpoint }) => endpoint === '/users').length === 5;
    });
    figure(`SIGTERM with 15 stalled clients: exit 0 after ${seconds.toFixed(1)} s`);
  });
});
