import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Webhook } from 'standardwebhooks';

/** An event that arrived. */
export interface ReceivedEvent {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly subject: string;
    readonly sequence: string;
    readonly time: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
  /** When, in milliseconds since 1970. */
  readonly at: number;
}

/** How a receiver answers; nothing is an answer that never comes. */
export type ReceiverAnswer =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  | undefined;

/** A real receiver of webhooks on loopback. */
export interface WebhookReceiver {
  readonly url: string;
  readonly received: ReceivedEvent[];
  /** Decides how coming events are answered; 204 until then. */
  answer(decide: (event: ReceivedEvent) => ReceiverAnswer | Promise<ReceiverAnswer>): void;
  stop(): Promise<void>;
}

/** @param port a free one by default. */
export async function startReceiver(port = 0): Promise<WebhookReceiver> {
  const received: ReceivedEvent[] = [];
  let decide: Parameters<WebhookReceiver['answer']>[0] = () => ({ status: 204 });
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      const event = JSON.parse(text) as ReceivedEvent['event'];
      const { headers } = request;
      const each = { id: String(headers['webhook-id']), headers, text, event, at: Date.now() };
      received.push(each);
      void respond(each, response);
    });
  });
  async function respond(event: ReceivedEvent, response: ServerResponse): Promise<void> {
    const answer = await decide(event);
    if (answer) response.writeHead(answer.status, answer.headers).end(answer.body);
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    received,
    answer: (decider) => {
      decide = decider;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Whether a secret verifies an event, as a receiver with the library of Standard Webhooks finds. */
export function isVerified({ text, headers }: ReceivedEvent, secret: string): boolean {
  try {
    new Webhook(secret).verify(text, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
