import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { dnsServer } from '../../../test/support/dns-server.js';
import { GuardedHttp } from './guarded-http.js';
import { systemLookup } from './name-lookup.js';

/** Spellings of inside addresses, and of names that lead there; `PORT` is that of the listener. */
const HOSTILE = `
  127.0.0.1 127.1 127.0.1 0 0.0.0.0 0x7f.1 0x7f000001 2130706433 017700000001 0177.0.0.1 127.0.0.1.
  ①②⑦.0.0.1 127。0。0。1 %31%32%37.0.0.1 127.255.255.254 10.0.0.1 100.64.0.1 169.254.169.254 172.16.0.1
  192.168.0.1 [::] [::1] [0:0:0:0:0:0:0:1] [::127.0.0.1] [::ffff:127.0.0.1] [::ffff:7f00:1]
  [::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b:1::127.0.0.1] [2002:7f00:1::1] [fe80::1] [fc00::1]
  [fd00:ec2::254] [ff02::1] [2001:db8::1] [fec0::1] localhost LOCALHOST inside.test inside6.test
  mapped.test both.test user:secret@127.0.0.1 outside.test@127.0.0.1 other.test`
  .trim()
  .split(/\s+/)
  .map((host) => `http://${host}:PORT/metadata`);

const NAMES: Readonly<Record<string, readonly string[]>> = {
  'inside.test': ['127.0.0.1'],
  'inside6.test': ['0000:0000:0000:0000:0000:0000:0000:0001'],
  'mapped.test': ['0000:0000:0000:0000:0000:ffff:7f00:0001'],
  // One of both addresses is that of a public server.
  'both.test': ['8.8.8.8', '127.0.0.1'],
};

describe('GuardedHttp', () => {
  const servers: Server[] = [];
  let connections = 0;

  async function listening(host: string, answer: RequestListener, port = 0): Promise<number> {
    const server = createServer(answer);
    server.on('connection', () => (connections += 1));
    servers.push(server);
    server.listen(port, host);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  beforeEach(() => {
    connections = 0;
  });

  afterAll(() => {
    for (const server of servers) server.closeAllConnections();
    for (const server of servers) server.close();
  });

  const call = (ms = 10_000) => ({
    headers: { 'content-type': 'text/plain' },
    body: 'secret',
    signal: AbortSignal.timeout(ms),
  });

  it('connects nowhere inside, whatever the spelling or the name', async () => {
    const port = await listening('::', (_request, answer) => answer.end());
    const dns = await dnsServer((name) => NAMES[name] ?? ['127.0.0.1']);
    const http = new GuardedHttp([], systemLookup([dns.address]));
    const refusals = await Promise.all(
      HOSTILE.map(async (url) =>
        http.post(new URL(url.replace('PORT', String(port))), call()).then(
          () => `${url} answered`,
          (error: Error) => (error.name === 'AddressRefused' ? undefined : `${url} ${error}`),
        ),
      ),
    );
    dns.close();
    http.close();
    expect(HOSTILE.length).toBeGreaterThanOrEqual(40);
    expect(refusals.filter((refusal) => refusal !== undefined)).toEqual([]);
    expect(connections).toBe(0);
  });

  it('connects to the address that it checked, though the name changes its address', async () => {
    const port = await listening('127.0.0.2', (_request, answer) => answer.end('checked'));
    await listening('127.0.0.1', (_request, answer) => answer.end('other'), port);
    const dns = await dnsServer((_name, query) => (query === 1 ? ['127.0.0.2'] : ['127.0.0.1']));
    const http = new GuardedHttp(['127.0.0.2/32'], systemLookup([dns.address]));
    const url = new URL(`http://changing.test:${port}/`);
    expect((await http.post(url, call())).body.toString()).toBe('checked');
    http.close();
    await expect(http.post(url, call())).rejects.toThrow('not globally reachable');
    dns.close();
  });

  it('does not follow redirects', async () => {
    const inside = await listening('127.0.0.1', (_request, answer) => answer.end());
    const port = await listening('127.0.0.2', (_request, answer) => {
      answer.writeHead(307, { location: `http://127.0.0.1:${inside}/` }).end();
    });
    const http = new GuardedHttp(['127.0.0.2']);
    expect((await http.post(new URL(`http://127.0.0.2:${port}/`), call())).status).toBe(307);
    http.close();
    expect(connections).toBe(1);
  });

  it('reads 64 KiB of an answer and leaves the rest', async () => {
    let sent = 0;
    const port = await listening('127.0.0.1', (_request, answer) => {
      const more = () => {
        while (answer.write(Buffer.alloc(16_384, 'x'))) sent += 16_384;
      };
      answer.on('drain', more);
      more();
    });
    const http = new GuardedHttp(['127.0.0.0/8']);
    const { status, body } = await http.post(new URL(`http://127.0.0.1:${port}/`), call());
    expect([status, body.length]).toEqual([200, 65_536]);
    expect(sent).toBeLessThan(16_777_216);
    http.close();
  });

  it.each<[string, RequestListener]>([
    ['does not answer', () => undefined],
    [
      'answers a byte at a time',
      (_request, answer) => {
        const timer = setInterval(() => answer.write('x'), 20);
        answer.on('close', () => clearInterval(timer));
      },
    ],
  ])('ends a call in time if the receiver %s', async (_what, listener) => {
    const port = await listening('127.0.0.1', listener);
    const http = new GuardedHttp(['127.0.0.1']);
    const url = new URL(`http://127.0.0.1:${port}/`);
    await expect(http.post(url, call(200))).rejects.toThrow(/abort/i);
    http.close();
  });

  it('ends a call in time if the DNS server is silent, and delays no other name', async () => {
    const port = await listening('127.0.0.1', (_request, answer) => answer.end());
    const dns = await dnsServer((name) => (name.startsWith('silent') ? 'silence' : ['127.0.0.1']));
    const http = new GuardedHttp(['127.0.0.1'], systemLookup([dns.address]));
    const silent = Array.from({ length: 8 }, async (_, index) =>
      http.post(new URL(`http://silent${index}.test:${port}/`), call(1000)),
    );
    const answered = http.post(new URL(`http://answered.test:${port}/`), call(900));
    expect((await answered).status).toBe(200);
    for (const { status } of await Promise.allSettled(silent)) expect(status).toBe('rejected');
    dns.close();
    http.close();
  });

  it('uses another connection where a kept one was closed', async () => {
    const port = await listening('127.0.0.1', (request, answer) => {
      answer.end(() => setImmediate(() => request.socket.destroy()));
    });
    const http = new GuardedHttp(['127.0.0.1']);
    const url = new URL(`http://127.0.0.1:${port}/`);
    for (let round = 0; round < 20; round += 1)
      expect((await http.post(url, call())).status).toBe(200);
    http.close();
  });
});
