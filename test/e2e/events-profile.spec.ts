import { createUser, signedIn } from '../support/accounts.js';
import { cli } from '../support/cli.js';
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
    env = { EVENTS_URL: nats.url, EVENTS_DATA: 'profile' };
    api = await testApi(env).start();
    await createUser(api);
    stream = await nats.consume();
  });

  afterAll(async () => {
    await api?.stop();
    await nats?.stop();
  });

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

  it('lose the user when it is erased, stored ones too', async () => {
    const { id, email } = await createUser(api);
    const stored = async () =>
      JSON.stringify(await api.database.query('SELECT data FROM events WHERE user_id = $1', [id]));
    expect(await stored()).toContain(email);
    await api.as('service').delete(`/users/${id}`);
    const command = { DATABASE_URL: api.database.url, DATA_DIR: api.dataDir, ...env };
    expect(await cli(['cleanup', '--days', '0'], command)).toMatchObject({ code: 0 });
    expect(await stored()).not.toContain(email);
    expect(JSON.parse(await stored())).toHaveLength(3);
  });
});
