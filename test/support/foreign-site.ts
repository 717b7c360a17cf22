import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site of somebody else on loopback, which shows one page at every address. */
export interface ForeignSite {
  readonly port: number;
  /** @param body HTML of its page from now on. */
  show(body: string): void;
  stop(): void;
}

export async function startForeignSite(): Promise<ForeignSite> {
  let body = '';
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end(body),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    show: (shown) => {
      body = shown;
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
