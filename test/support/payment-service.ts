import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { SeededRandom } from './seeded-random.js';

/** A received request, with any answer. */
export interface Ask {
  readonly headers: IncomingHttpHeaders;
  readonly key: string;
  readonly userId: string;
  readonly tier: string;
}

/** What the service does with a question, and what it lets be known of it. */
export interface Conduct {
  readonly charges: boolean;
  /** A status, or nothing: it hangs, breaks the connection, or sends a head that never ends. */
  readonly answer: number | 'hang' | 'reset' | 'dribble';
  /** Header of the answer. */
  readonly retryAfter?: string;
}

export const paid: Conduct = { charges: true, answer: 200 };
export const declined: Conduct = { charges: false, answer: 402 };

/**
 * Simulates a failing service: it declines some charges, fails before or after the charge, or does
 * not answer. Its decision for a key never changes.
 */
export function fickle(
  charges: ReadonlyMap<string, Ask>,
  fate: SeededRandom,
): (ask: Ask) => Conduct {
  const refused = new Set<string>();
  return ({ key }) => {
    if (!charges.has(key) && fate.chance(0.15)) refused.add(key);
    if (fate.chance(0.1)) return { charges: false, answer: 500 };
    const decided = refused.has(key) ? declined : paid;
    if (!fate.chance(0.15)) return decided;
    return { charges: decided.charges, answer: fate.pick(['hang', 'reset', 500] as const) };
  };
}

/** A real HTTP payment service on loopback that charges once per key. */
export interface PaymentServer {
  readonly url: string;
  readonly asks: readonly Ask[];
  /** What was charged, by key. */
  readonly charges: ReadonlyMap<string, Ask>;
  /** Decides what becomes of each coming question; all are paid until then. */
  behave(decide: (ask: Ask) => Conduct): void;
  asksOf(userId: string): Ask[];
  chargesOf(userId: string): Ask[];
  /** Nobody listens any more, until `open()`. */
  close(): Promise<void>;
  open(): Promise<void>;
}

export async function startPaymentServer(): Promise<PaymentServer> {
  const asks: Ask[] = [];
  const charges = new Map<string, Ask>();
  let decide: (ask: Ask) => Conduct = () => paid;
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      if (request.method !== 'POST' || request.url !== '/charges') {
        response.writeHead(404).end();
        return;
      }
      const { user_id: userId, tier } = JSON.parse(text) as { user_id: string; tier: string };
      const key = String(request.headers['idempotency-key']);
      const ask = { headers: request.headers, key, userId, tier };
      asks.push(ask);
      const conduct = decide(ask);
      if (conduct.charges && !charges.has(key)) charges.set(key, ask);
      answer(response, conduct);
    });
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asks,
    charges,
    behave: (next) => {
      decide = next;
    },
    asksOf: (userId) => asks.filter((ask) => ask.userId === userId),
    chargesOf: (userId) => [...charges.values()].filter((ask) => ask.userId === userId),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    open: () => listen(port),
  };
}

function answer(response: ServerResponse, { answer: what, retryAfter }: Conduct): void {
  if (what === 'hang') return;
  if (what === 'reset') response.socket?.resetAndDestroy();
  else if (what === 'dribble') dribble(response);
  else {
    const headers = { 'content-type': 'application/json' };
    response
      .writeHead(
        what,
        retryAfter === undefined ? headers : { ...headers, 'retry-after': retryAfter },
      )
      .end('{}');
  }
}

function dribble({ socket }: ServerResponse): void {
  socket?.write('HTTP/1.1 200 OK\r\n');
  const dribbling = setInterval(() => socket?.write('x-wait: 1\r\n'), 50);
  socket?.once('close', () => clearInterval(dribbling));
}
