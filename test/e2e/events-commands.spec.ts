import { createUser } from '../support/accounts.js';
import { startCli } from '../support/cli.js';
import { runCommand } from '../support/warm-process.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';
import { createWebhook, type Webhook } from '../support/webhooks.js';

const LONG_AGO = '2026-01-01T00:00:00Z';

describe('commands for events', () => {
  let api: Api;
  let webhook: Webhook;
  let env: Record<string, string>;

  beforeAll(async () => {
    api = await testApi().withoutJobs().start();
    env = { DATABASE_URL: api.database.url, DATA_DIR: api.dataDir };
    webhook = await createWebhook(api, 'https://events.example.com');
    await createUser(api);
  });

  afterAll(() => api?.stop());

  it('print events as they are stored, until nobody reads them', async () => {
    const tail = startCli(['events', 'tail', '--since', LONG_AGO], env);
    let text = '';
    tail.process.stdout.on('data', (piece: string) => (text += piece));
    await waitFor('a stored event', () => text.includes('user.created'));
    const { id } = await createUser(api);
    await waitFor('an event of now', () => text.includes(id));
    tail.process.stdout.destroy();
    await createUser(api);
    expect((await tail.finished).stderr).toBe('');
  });

  it.each(['user.vanished', '*', '', 'user.created,'])('replay no type %p', async (types) => {
    const replay = ['events', 'replay', '--webhook', webhook.id, '--since', LONG_AGO];
    const { code, stdout, stderr } = await runCommand([...replay, '--types', types], env);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^--types must be one of .*user\.created/);
    expect(
      await api.database.query(`SELECT FROM pgboss.job WHERE name = 'webhook_replay'`),
    ).toEqual([]);
  });
});
