import { acceptedFor, NOTICED_MS } from '../support/accepted-for.js';
import { createKey, type IssuedKey, KEYS } from '../support/api-keys.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

/** What these tests send at once is overload to a busy machine, and not what is tested. */
const UNLIMITED = { ADMISSION_CONTROL: 'false', DATABASE_STATEMENT_TIMEOUT_MS: '60000' };

describe('API keys on two replicas', () => {
  let one: Api;
  let two: Api;

  beforeAll(async () => {
    one = await testApi().withoutJobs().with(UNLIMITED).start();
    two = await testApi().withoutJobs().with(UNLIMITED).on(one.database).start();
  });

  afterAll(async () => {
    await two?.stop();
    await one?.stop();
  });

  const use = async (api: Api, key: string) => (await api.as({ key }).get('/users?limit=1')).status;

  it('work at once on both, and are refused on both within 5 s after the end', async () => {
    const { id, key } = await createKey(one, ['users:list']);
    expect([await use(one, key), await use(two, key)]).toEqual([200, 200]);
    expect((await one.as('service').delete(`${KEYS}/${id}`)).status).toBe(204);
    const revoked = performance.now();
    expect(await use(one, key)).toBe(401);
    expect(await acceptedFor(() => use(two, key), revoked)).toBeLessThan(NOTICED_MS);
  });

  it('cannot leave a key behind with scopes that were taken from them', async () => {
    const { id, key } = await createKey(one, ['admin:api-keys', 'users:list']);
    const create = () => two.as({ key }).post(KEYS, { name: 'x', scopes: ['users:list'] });
    expect((await create()).status).toBe(201);
    await one.as('service').patch(`${KEYS}/${id}`, { scopes: ['admin:api-keys'] });
    expect((await create()).status).toBe(403);
    await one.as('service').delete(`${KEYS}/${id}`);
    expect((await create()).status).toBe(401);
  });

  it('have one current text after 64 rotations at once, and all texts of the grace work', async () => {
    const first = await createKey(one, ['users:list']);
    const rotations = await Promise.all(
      Array.from({ length: 64 }, (_, index) =>
        (index % 2 === 0 ? one : two)
          .as('service')
          .post<IssuedKey>(`${KEYS}/${first.id}/rotate`, { grace_seconds: 600 }),
      ),
    );
    expect(rotations.map(({ status }) => status)).toEqual(rotations.map(() => 200));
    const texts = [first.key, ...rotations.map(({ body }) => body.key)];
    expect(new Set(texts).size).toBe(65);
    const [stored] = await one.database.query<{ all: number; current: number }>(
      `SELECT count(*)::int AS all, count(*) FILTER (WHERE valid_until IS NULL)::int AS current
         FROM api_key_secrets WHERE key_id = $1`,
      [first.id],
    );
    expect(stored).toEqual({ all: 65, current: 1 });
    for (const text of texts) expect(await use(two, text)).toBe(200);
    const { body: last } = await one
      .as('service')
      .post<IssuedKey>(`${KEYS}/${first.id}/rotate`, { grace_seconds: 0 });
    const valid = await Promise.all([...texts, last.key].map((text) => use(one, text)));
    expect(valid).toEqual([...texts.map(() => 401), 200]);
  });

  it('write their use once a minute, not once a request', async () => {
    const { id, key } = await createKey(one, ['users:list']);
    const row = async () => {
      const [found] = await one.database.query<{ version: string; used: Date | null }>(
        'SELECT xmin::text AS version, last_used_at AS used FROM api_keys WHERE id = $1',
        [id],
      );
      return found;
    };
    await use(one, key);
    const recorded = await waitFor('the use to be recorded', async () => {
      const now = await row();
      return now?.used ? now : undefined;
    });
    await Promise.all(Array.from({ length: 100 }, (_, index) => use(index % 2 ? one : two, key)));
    const after = await row();
    // A minute may have ended meanwhile.
    expect(after?.version === recorded.version).toBe(Number(after?.used) === Number(recorded.used));
  });
});
