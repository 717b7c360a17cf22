import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import { waitFor } from './wait-for.js';

/** A received delivery, with any answer. */
export interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly key: string;
  readonly body: {
    to: string;
    template: string;
    variables: { name?: string; token: string; locale: string };
  };
  readonly status: number;
}

/** A real HTTP mail service on loopback. */
export interface MailService {
  readonly url: string;
  readonly deliveries: readonly Delivery[];
  /** Waits for the nth mail of a template to an address, the first if not said. */
  mailed(to: string, template: string, nth?: number): Promise<Delivery['body']>;
  /** Decides the status of each coming delivery; 202 until then. */
  answer(status: (delivery: Omit<Delivery, 'status'>) => number): void;
  stop(): Promise<void>;
}

export async function startMailService(): Promise<MailService> {
  const deliveries: Delivery[] = [];
  let statusOf: (delivery: Omit<Delivery, 'status'>) => number = () => 202;
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      if (request.method !== 'POST' || request.url !== '/send') {
        response.writeHead(404).end();
        return;
      }
      const delivery = {
        headers: request.headers,
        key: String(request.headers['idempotency-key']),
        body: JSON.parse(text) as Delivery['body'],
      };
      const status = statusOf(delivery);
      deliveries.push({ ...delivery, status });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    deliveries,
    mailed: (to, template, nth = 1) =>
      waitFor(`mail ${nth} of ${template}`, () => {
        const found = deliveries.filter(({ body }) => body.to === to && body.template === template);
        return found[nth - 1]?.body;
      }),
    answer: (status) => {
      statusOf = status;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
