import { acceptedFor, NOTICED_MS } from '../support/accepted-for.js';
import { superuser } from '../support/accounts.js';
import { type ApiKeyPage, createKey, type IssuedKey, KEYS } from '../support/api-keys.js';
import { runCommand } from '../support/warm-process.js';
import { type Api, testApi } from '../support/test-api.js';
import { daysAgo } from '../support/users.js';

const NOBODY = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';

describe('cli api-keys', () => {
  let api: Api;

  beforeAll(async () => {
    api = await testApi().withoutJobs().start();
  });

  afterAll(() => api?.stop());

  const run = (...args: string[]) =>
    runCommand(['api-keys', ...args], { DATABASE_URL: api.database.url });
  const use = async (key: string) => (await api.as({ key }).get('/users?limit=1')).status;

  async function json<Result>(...args: string[]): Promise<Result> {
    const { code, stdout, stderr } = await run(...args, '--json');
    if (code !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as Result;
  }

  it('creates, lists, rotates and revokes keys', async () => {
    const created = await run('create', '--name', 'Billing', '--scopes', 'users:list, users:read');
    expect(created.code).toBe(0);
    const key = created.stdout.trim();
    expect(await use(key)).toBe(200);

    const [listed] = await json<ApiKeyPage['items']>('list');
    expect(listed).toMatchObject({
      name: 'Billing',
      scopes: ['users:list', 'users:read'],
      expires_at: null,
      created_by: null,
    });
    const id = listed?.id ?? '';
    expect((await run('list')).stdout).toContain(`${id}  expires never  used `);

    const rotated = await json<IssuedKey>('rotate', id, '--grace-seconds', '600');
    expect([await use(key), await use(rotated.key)]).toEqual([200, 200]);

    expect((await run('revoke', id)).code).toBe(0);
    const revoked = performance.now();
    for (const text of [key, rotated.key])
      expect(await acceptedFor(() => use(text), revoked)).toBeLessThan(NOTICED_MS);
    const { body } = await api
      .as('service')
      .get<{ items: object[] }>(`/admin/audit?target_id=${id}`);
    expect(body.items).toMatchObject(
      ['revoked', 'rotated', 'created'].map((what) => ({
        action: `api-key.${what}`,
        actor: { kind: 'command', id: null },
      })),
    );
  });

  it('creates a key that expires', async () => {
    const options = ['--name', 'x', '--scopes', '*', '--expires-in-days', '7'];
    const key = await json<IssuedKey>('create', ...options);
    const { body } = await api.as({ key: key.key }).get<ApiKeyPage>(KEYS);
    expect(body.items[0]).toMatchObject({ id: key.id, expires_at: key.expires_at, scopes: ['*'] });
    expect(key.expires_at).not.toBeNull();
  });

  it('leaves to clean-up what ended long ago: keys, texts, and who created them', async () => {
    const root = await superuser(api, api.database);
    const { id, key } = await createKey(api, ['users:list'], root);
    const { body } = await api.as('service').get(`/users/${root.id}/export`);
    expect(body['api_keys']).toEqual([
      { id, name: 'users:list', scopes: ['users:list'], created_at: expect.any(String) as string },
    ]);
    await api.database.query('UPDATE users SET deleted_at = $2 WHERE id = $1', [
      root.id,
      daysAgo(31),
    ]);
    const expired = [31, 29].map(daysAgo);
    const made = [await createKey(api, ['users:list']), await createKey(api, ['users:list'])];
    for (const [index, at] of expired.entries())
      await api.database.query('UPDATE api_keys SET expires_at = $2 WHERE id = $1', [
        made[index]?.id,
        at,
      ]);
    await api.database.query(
      `INSERT INTO api_key_secrets (digest, key_id, valid_until)
       SELECT uuid_send(gen_random_uuid()), $1, at FROM unnest($2::timestamptz[]) at`,
      [id, expired],
    );
    const env = { DATABASE_URL: api.database.url };
    expect(await runCommand(['cleanup', '--days', '30'], env)).toMatchObject({ code: 0 });
    const rows = await api.database.query('SELECT created_by FROM api_keys WHERE id = $1', [id]);
    expect(rows).toEqual([{ created_by: null }]);
    expect(await use(key)).toBe(200);
    const left = await api.database.query<{ id: string; texts: number }>(
      `SELECT k.id, count(*)::int AS texts FROM api_keys k JOIN api_key_secrets s ON s.key_id = k.id
        WHERE k.id = ANY($1) GROUP BY k.id ORDER BY k.id`,
      [[id, ...made.map((each) => each.id)]],
    );
    expect(left).toEqual([
      { id, texts: 2 },
      { id: made[1]?.id, texts: 1 },
    ]);
  });

  it('names what is wrong', async () => {
    expect(await run('create', '--name', 'x', '--scopes', 'users:fly')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--scopes is no scope of an API key') as string,
    });
    for (const command of ['revoke', 'rotate'])
      expect(await run(command, NOBODY)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining('There is no API key with this id.') as string,
      });
  });
});
