import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

import {
  type ConnectionLimits,
  Connections,
} from '../../src/platform/http/server/server-connections.js';
import { waitFor } from '../support/wait-for.js';

const HEAD = 'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n';
/** More than the buffers between the two ends hold. */
const HUGE = Buffer.alloc(32 * 1024 * 1024);

describe('connections', () => {
  let server: Server;
  let connections: Connections;
  let ended: string[];
  let clients: Socket[];
  let begun: number;

  beforeEach(() => {
    clients = [];
  });

  afterEach(() => {
    for (const client of clients) client.destroy();
    server.closeAllConnections();
    server.close();
  });

  async function serve(limits: Partial<ConnectionLimits>, answer: RequestListener): Promise<void> {
    begun = 0;
    // What ends late belongs to its own test.
    const urls: string[] = (ended = []);
    server = createServer((request, response) => {
      connections.begin(request, response, () => urls.push(String(request.url)));
      begun += 1;
      answer(request, response);
    });
    connections = new Connections(server, {
      exchangeMs: 60_000,
      closingMs: 50,
      checkMs: 5,
      ...limits,
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  }

  /** A client that sends some bytes and then neither sends, nor reads, nor closes. */
  function stall(bytes: string): Socket {
    const { port } = server.address() as AddressInfo;
    const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).pause();
    client.on('error', () => undefined);
    client.write(bytes);
    clients.push(client);
    return client;
  }

  const count = () => new Promise<number>((resolve) => server.getConnections((_, n) => resolve(n)));
  const gone = () => waitFor('the connections to end', async () => (await count()) === 0);
  const names = (expected: string) =>
    waitFor(expected, () => connections.stalled().join(', ') === expected);

  it.each([
    ['send nothing', '', '', []],
    ['send half a head', 'GET /x HTTP/1.1\r\n', 'half-sent requests (1)', []],
    ['send half a body', `${HEAD}\r\n1`, 'half-sent requests (1)', ['/x']],
    ['do not read', 'GET /huge HTTP/1.1\r\nHost: a\r\n\r\n', 'unread answers (1)', ['/huge']],
  ])(
    'are named, and end once the server closes, where clients %s',
    async (_name, bytes, name, urls) => {
      await serve({}, ({ url }, response) => void (url === '/huge' && response.end(HUGE)));
      stall(bytes);
      await waitFor('the connection', async () => (await count()) === 1);
      await names(name);
      server.close();
      await gone();
      await waitFor('the end', () => ended.length === urls.length);
      expect(ended).toEqual(urls);
    },
  );

  it('stay open for active requests, however long ago the server was closed', async () => {
    let answer: (() => void) | undefined;
    await serve({ closingMs: 1 }, ({ url }, response) => {
      if (url === '/x') answer = () => response.end('done');
    });
    const busy = stall(`${HEAD}\r\n123POST /next HTTP/1.1\r\nContent-Length: 3\r\nHost: a\r\n\r\n`);
    await waitFor('the request', () => answer);
    stall('');
    await waitFor('both', async () => (await count()) === 2);
    server.close();
    await waitFor('the end of the other', async () => (await count()) === 1);
    answer?.();
    let text = '';
    busy.resume().on('data', (chunk: Buffer) => (text += chunk.toString()));
    await waitFor('the answer', () => text.endsWith('done'));
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('end when the client reads too slowly, even while the server is open', async () => {
    await serve(
      { exchangeMs: 50 },
      ({ url }, response) => void (url === '/huge' && response.end(HUGE)),
    );
    stall('GET /huge HTTP/1.1\r\nHost: a\r\n\r\n');
    stall(`${HEAD}\r\n1`);
    await waitFor('both ends', () => ended.length === 2);
    await gone();
    expect([ended.toSorted(), server.listening]).toEqual([['/huge', '/x'], true]);
  });

  it('end a request once, even behind another unanswered request', async () => {
    await serve({}, () => undefined);
    const client = stall(`${HEAD}\r\n123${HEAD.replace('/x', '/y')}\r\n123`);
    await waitFor('both requests', () => begun === 2);
    client.destroy();
    await waitFor('both ends', () => ended.length === 2);
    expect(ended.toSorted()).toEqual(['/x', '/y']);
  });
});
