import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request for a range that arrived. */
export interface RangeRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** What a range service does: it lists, gives a fixed answer, or never answers. */
export type Conduct = 'list' | 'hang' | { readonly status: number; readonly body?: string };

/** A real range service on loopback. */
export interface RangeServer {
  /** The base for `BREACH_CHECK`. */
  readonly url: string;
  readonly requests: readonly RangeRequest[];
  /** Lists a password from now on. */
  add(password: string, count?: number): void;
  behave(conduct: Conduct): void;
  stop(): Promise<void>;
}

export function sha1Of(password: string): string {
  return createHash('sha1').update(password).digest('hex').toUpperCase();
}

export async function startRangeServer(): Promise<RangeServer> {
  const counts = new Map<string, number>();
  const requests: RangeRequest[] = [];
  let conduct: Conduct = 'list';
  const linesOf = (prefix: string) => {
    const hits = [...counts].filter(([sha1]) => sha1.startsWith(prefix));
    const padding = Array.from({ length: 20 }, (_, n) => [sha1Of(`${prefix}-${n}`), 0] as const);
    return [...hits, ...padding].map(([sha1, count]) => `${sha1.slice(5)}:${count}`).toSorted();
  };
  const server = createServer((request, response) => {
    const { url: path = '', headers } = request;
    requests.push({ path, headers });
    if (conduct === 'hang') return;
    const prefix = /^\/range\/([0-9A-F]{5})$/.exec(path)?.[1];
    const { status, body = '' } =
      conduct === 'list'
        ? { status: prefix === undefined ? 400 : 200, body: linesOf(prefix ?? '').join('\r\n') }
        : conduct;
    response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/range`,
    requests,
    add: (password, count = 3) => counts.set(sha1Of(password), count),
    behave: (next) => {
      conduct = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
