import { login, PASSWORD, signedIn } from '../support/accounts.js';
import { bearer } from '../support/caller.js';
import { type Api, testApi } from '../support/test-api.js';

const NEXT = 'another-long-passphrase';

describe('the audit log', () => {
  let service: Api;

  beforeAll(async () => {
    service = await testApi().start();
  });

  afterAll(() => service?.stop());

  const patch = (id: string, body: object, headers: Record<string, string>) =>
    service.patch(`/users/${id}`, body, headers);

  it('holds every action with its actor, and is paged newest first', async () => {
    const user = await signedIn(service);
    await login(service, user.email, 'wrong-password-here');
    const own = bearer(user.tokens.access_token);
    await patch(user.id, { name: 'Grace' }, own);
    await patch(user.id, { password: NEXT, current_password: PASSWORD }, own);
    await service.post('/auth/logout', undefined, own);
    const page = async (query: string) =>
      (
        await service.as('service').get<{
          items: Record<string, unknown>[];
          next_cursor: string | null;
        }>(`/admin/audit?target_id=${user.id}&${query}`)
      ).body;
    const actions: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { items, next_cursor }: Awaited<ReturnType<typeof page>> = await page(
        `limit=2${cursor && `&cursor=${cursor}`}`,
      );
      actions.push(...items.map(({ action }) => action));
      cursor = next_cursor;
    }
    expect(actions).toEqual([
      'auth.signed-out',
      'user.updated',
      'user.password-changed',
      'user.updated',
      'auth.password-refused',
      'auth.signed-in',
      'user.created',
    ]);
    const { items } = await page('action=auth.signed-out');
    expect(items).toEqual([
      {
        id: expect.any(String),
        at: expect.stringMatching(/Z$/),
        action: 'auth.signed-out',
        actor: { kind: 'user', id: user.id },
        target_id: user.id,
        ip: '127.0.0.1',
        request_id: expect.any(String),
        details: { session: expect.any(String) },
      },
    ]);
    const [act] = items as [{ at: string }];
    const now = encodeURIComponent(act.at);
    const until = async (query: string) => (await page(`${query}&limit=1`)).items.length;
    expect(await until(`actor_id=${user.id}&since=${now}`)).toBe(1);
    expect(await until(`actor_id=${user.id}&action=auth.signed-out&until=${now}`)).toBe(0);
    expect(await until(`actor_id=${user.id}&until=2999-01-01T00:00:00Z`)).toBe(1);
    expect(await until('actor_id=00000000-0000-7000-8000-000000000000')).toBe(0);
    const unknown = await service.as('service').get('/admin/audit?action=nonsense');
    expect(unknown.status).toBe(400);
  });

  it('holds no password, token or address, and neither does the log', async () => {
    const user = await signedIn(service);
    await login(service, user.email, 'wrong-password-here');
    await patch(
      user.id,
      { email: `new-${user.email}`, password: NEXT, current_password: PASSWORD },
      bearer(user.tokens.access_token),
    );
    const rows = await service.database.query('SELECT * FROM audit_log');
    const tokens = await service.database.query('SELECT * FROM refresh_tokens');
    for (const secret of [PASSWORD, NEXT, user.email, ...Object.values(user.tokens)]) {
      if (typeof secret !== 'string' || secret === 'Bearer') continue;
      expect(JSON.stringify([rows, tokens])).not.toContain(secret);
      expect(service.output()).not.toContain(secret);
    }
  });
});
