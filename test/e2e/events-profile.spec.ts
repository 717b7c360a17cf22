import { createUser, signedIn } from '../support/accounts.js';
import { runCommand } from '../support/warm-process.js';
import { describeOnNats } from '../support/installed.js';
import { type Consumption, type NatsServer, startNats } from '../support/nats-server.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

describeOnNats('events with EVENTS_DATA=profile', () => {
  let nats: NatsServer;
  let api: Api;
  let stream: Consumption;
  let env: Record<string, string>;

  beforeAll(async () => {
    nats = await startNats();
    env = {
      EVENTS_URL: nats.url,
      EVENTS_DATA: 'profile',
      WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    };
    api = await testApi(env).start();
    await createUser(api);
    stream = await nats.consume();
  });

  afterAll(async () => {
    await api?.stop();
    await nats?.stop();
  });

  const command = (args: string[]) =>
    runCommand(args, { DATABASE_URL: api.database.url, DATA_DIR: api.dataDir, ...env });

  it('hold the user as the API shows it after the change, and none of a deleted one', async () => {
    const { id, tokens } = await signedIn(api);
    const own = api.as(tokens.access_token);
    const created = (await own.get(`/users/${id}`)).body;
    const renamed = (await own.patch(`/users/${id}`, { name: 'Grace' })).body;
    await own.post('/auth/logout');
    await api.as('service').delete(`/users/${id}`);
    const told = await waitFor('five events', () => {
      const events = stream.events.filter(({ subject }) => subject === id);
      return events.length === 5 && events;
    });
    expect(told.map(({ type, data }) => [type, data['user']])).toEqual([
      ['user.created', created],
      ['session.started', created],
      ['user.updated', renamed],
      ['session.ended', renamed],
      ['user.deleted', undefined],
    ]);
  });

  it('are delivered to a webhook once more by a command', async () => {
    const webhook = { url: 'http://127.0.0.1:9/', types: ['*'] };
    const { id } = (await api.as('service').post<{ id: string }>('/admin/webhooks', webhook)).body;
    await api.as('service').patch(`/admin/webhooks/${id}`, { status: 'paused' });
    const user = await createUser(api);
    const replay = (of: string, since = '2026-01-01T00:00:00Z') =>
      command(['events', 'replay', '--webhook', of, '--since', since, '--types', 'user.created']);
    expect(await replay(id)).toMatchObject({ code: 0 });
    await waitFor('the event again', async () => {
      const deliveries = (
        await api.as('service').get<{ items: unknown[] }>(`/admin/webhooks/${id}/deliveries`)
      ).body;
      return deliveries.items.length > 1;
    });
    expect(await replay(user.id)).toMatchObject({ code: 1 });
    expect(await replay(id, 'yesterday')).toMatchObject({ code: 2 });
  });

  it('lose the user when it is erased, stored ones too', async () => {
    const { id, email } = await createUser(api);
    const stored = async () =>
      JSON.stringify(await api.database.query('SELECT data FROM events WHERE user_id = $1', [id]));
    expect(await stored()).toContain(email);
    await api.as('service').delete(`/users/${id}`);
    expect(await command(['cleanup', '--days', '0'])).toMatchObject({ code: 0 });
    expect(await stored()).not.toContain(email);
    expect(JSON.parse(await stored())).toHaveLength(3);
  });
});
