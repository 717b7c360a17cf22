import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createUser } from '../support/accounts.js';
import { freePort } from '../support/free-port.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';
import type { ReceivedEvent } from '../support/webhook-receiver.js';
import { createWebhook, LOOPBACK, WEBHOOKS } from '../support/webhooks.js';

const PAGE = join(import.meta.dirname, '../../docs/events.md');

interface Example {
  readonly receiver: (secret: string, handle: (event: ReceivedEvent['event']) => void) => Server;
}

describe('the receiver in the page about events', () => {
  let api: Api;
  let server: Server;
  const folder = mkdtempSync(join(tmpdir(), 'cnua-receiver-'));

  beforeAll(async () => {
    api = await testApi(LOOPBACK).start();
  });

  afterAll(async () => {
    server?.closeAllConnections();
    server?.close();
    rmSync(folder, { recursive: true });
    await api?.stop();
  });

  it('verifies events, and handles each once', async () => {
    const [, code = ''] = /```js\n([^]*?)```/.exec(readFileSync(PAGE, 'utf8')) ?? [];
    writeFileSync(join(folder, 'receiver.mjs'), code);
    const { receiver } = (await import(join(folder, 'receiver.mjs'))) as Example;
    const handled: ReceivedEvent['event'][] = [];
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const webhook = await createWebhook(api, url);
    server = receiver(webhook.secret, (event) => handled.push(event));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const user = await createUser(api);
    await api.as('service').patch(`/users/${user.id}`, { name: 'Grace' });
    await waitFor('both events', () => handled.length === 2);
    const since = handled[0]?.time;
    await api.as('service').post(`${WEBHOOKS}/${webhook.id}/replay`, { since });
    await waitFor('the replay', async () => {
      const path = `${WEBHOOKS}/${webhook.id}/deliveries?state=delivered`;
      const { body } = await api.as('service').get<{ items: unknown[] }>(path);
      return body.items.length === 4;
    });
    expect(handled.map(({ type }) => type)).toEqual(['user.created', 'user.updated']);
    const forged = await fetch(url, { method: 'POST', body: JSON.stringify(handled[0]) });
    expect(forged.status).toBe(401);
  });
});
