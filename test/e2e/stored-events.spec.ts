import { randomUUID } from 'node:crypto';

import {
  createUser,
  signedIn,
  superuser,
  type TestUser,
  type Tokens,
} from '../support/accounts.js';
import { createKey } from '../support/api-keys.js';
import { expectProblem } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';
import { createWebhook, LOOPBACK, type Page, type WebhookWithSecret } from '../support/webhooks.js';

interface StoredEvent {
  id: string;
  type: string;
  user_id: string;
  sequence: number;
  time: string;
}

/** Nobody listens there. */
const REFUSES = 'http://127.0.0.1:9/';

describe('stored events, over HTTP', () => {
  let api: Api;
  let admin: TestUser & { tokens: Tokens };
  let first: WebhookWithSecret;

  beforeAll(async () => {
    api = await testApi(LOOPBACK).start();
    admin = await superuser(api, api.database);
    first = await createWebhook(api, REFUSES);
  });

  afterAll(async () => {
    await api?.stop();
  });

  const events = async (query: Record<string, string> = {}) => {
    const search = new URLSearchParams(query).toString();
    return (await api.as(admin).get<Page<StoredEvent>>(`/admin/events?${search}`)).body;
  };

  /** Every page, one after the other. */
  async function walk(query: Record<string, string>) {
    const pages = [await events(query)];
    for (let cursor = pages[0]?.next_cursor; cursor; cursor = pages.at(-1)?.next_cursor)
      pages.push(await events({ ...query, cursor }));
    return pages.map(({ items }) => items);
  }

  it('are listed newest first, by type and user, without what they hold', async () => {
    const user = await createUser(api);
    await api.as('service').patch(`/users/${user.id}`, { name: 'Grace' });
    const { items, next_cursor } = await events({ user_id: user.id });
    expect(items.map(({ type, sequence }) => [type, sequence])).toEqual([
      ['user.updated', 2],
      ['user.created', 1],
    ]);
    expect(next_cursor).toBeNull();
    expect(Object.keys(items[0] ?? {}).toSorted()).toEqual([
      'id',
      'sequence',
      'time',
      'type',
      'user_id',
    ]);
    const created = await events({ user_id: user.id, type: 'user.created' });
    expect(created.items).toEqual([items[1]]);
    expectProblem(await api.as(admin).get('/admin/events?cursor=x'), 400, 'request.invalid');
  });

  it('are paged without gap or repetition, and no page looks at more than 10,000', async () => {
    const [rare, few] = [randomUUID(), randomUUID()];
    await api.database.query(
      `INSERT INTO events (day, at, id, type, user_id, sequence, data)
       SELECT 3, '2020-01-04T00:00:00Z'::timestamptz - place * interval '1 s', gen_random_uuid(), 'user.updated',
              CASE WHEN place = 10500 THEN $1::uuid WHEN place <= 30 THEN $2::uuid ELSE gen_random_uuid() END, 10500 - place, '{}'
         FROM generate_series(1, 10500) AS place`,
      [rare, few],
    );
    const pages = await walk({ user_id: rare, limit: '5' });
    expect(pages.map((items) => items.length)).toEqual([0, 1]);
    const all = (await walk({ user_id: few, limit: '7' })).flat();
    expect(all.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 30 }, (_, index) => 10_499 - index),
    );
  });

  it('have destinations, and webhooks that are behind', async () => {
    await createUser(api);
    const { id } = await createWebhook(api, `${REFUSES}behind`);
    await createUser(api);
    const backlog = await waitFor('the webhook to be behind', async () => {
      const { body } = await api.as(admin).get<Page<{ id: string }>>('/admin/webhooks/backlog');
      return body.items.some((item) => item.id === id) && body.items;
    });
    const late = { oldest_seconds: expect.any(Number) as number, status: 'active' };
    expect(backlog).toEqual([
      { ...late, id: first.id, url: REFUSES },
      { ...late, id, url: `${REFUSES}behind` },
    ]);
    expect((await api.as(admin).get('/admin/events/status')).body).toEqual({
      destinations: [
        {
          destination: 'webhooks',
          waiting: expect.any(Number) as number,
          oldest_seconds: expect.any(Number) as number,
        },
      ],
      relays: 1,
      oldest_event: expect.any(String) as string,
    });
  });

  it('are shown to superusers, and to keys with the scope', async () => {
    const reader = await createKey(api, ['admin:events']);
    const other = await createKey(api, ['admin:jobs']);
    for (const path of ['/admin/events', '/admin/events/status']) {
      expect((await api.as(reader).get(path)).status).toBe(200);
      expectProblem(await api.as(other).get(path), 403, 'auth.forbidden');
      expectProblem(await api.as(await signedIn(api)).get(path), 403, 'auth.forbidden');
    }
  });
});
