import { superuser } from '../support/accounts.js';
import { createKey, KEYS } from '../support/api-keys.js';
import type { RouteRequest } from '../support/route-requests.js';
import { type Api, testApi } from '../support/test-api.js';
import { described } from '../../src/bootstrap/declarations.module.js';
import { mayWith, routeRequests } from '../support/route-requests.js';

const NOBODY = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';
const { scopes } = described;
const without = (scope: string) => scopes.filter((other) => other !== scope);
const requests = await routeRequests();

describe('the scopes of an API key', () => {
  let api: Api;

  beforeAll(async () => {
    api = await testApi().withoutJobs().withFaults().start();
  });

  afterAll(() => api?.stop());

  /** Sends a request for a user, of a version that the user does not have. */
  const send = async (key: string, { method, path, body }: RouteRequest, id = NOBODY) => {
    const target = path.replace(/:\w+/, id).replaceAll(/:\w+/g, NOBODY);
    const headers = { 'if-match': '"999"' };
    const options = { method, headers, ...(body !== undefined && { body }) };
    return (await api.as({ key }).request(target, options)).status;
  };

  /** What each request is answered with; the statuses of those who may do it do not matter. */
  async function outcomes(key: string, id?: string): Promise<string[]> {
    const lines: string[] = [];
    for (const request of requests) {
      const status = await send(key, request, id);
      lines.push(line(request, [401, 403].includes(status) ? String(status) : 'allowed'));
    }
    return lines;
  }

  const line = ({ route, body }: RouteRequest, outcome: string) =>
    `${route} ${JSON.stringify(body ?? null)}: ${outcome}`;
  const expected = (held: readonly string[]) =>
    requests.map((request) => line(request, mayWith(held, request) ? 'allowed' : '403'));

  it('are the actions of services', () => {
    expect(scopes.length).toBeGreaterThan(10);
    expect(scopes).toEqual(
      expect.arrayContaining(['users:read', 'users:create', 'admin:api-keys']),
    );
    for (const action of ['public', 'account:own', 'users:set-password', 'users:set-role'])
      expect(scopes).not.toContain(action);
  });

  it.each(scopes)('allow nothing but %s', async (scope) => {
    const { key } = await createKey(api, [scope]);
    expect(await outcomes(key)).toEqual(expected([scope]));
  });

  it.each(scopes)('do not allow %s without it', async (scope) => {
    const { key } = await createKey(api, without(scope));
    // That others are allowed is what `*` shows below.
    const needing = requests.filter(({ actions }) => (actions as string[]).includes(scope));
    expect(needing).not.toEqual([]);
    const statuses = await Promise.all(needing.map((request) => send(key, request)));
    expect(needing.map((request, index) => line(request, String(statuses[index])))).toEqual(
      needing.map((request) => line(request, '403')),
    );
  });

  it('allow all that services may do with *', async () => {
    const { key } = await createKey(api, ['*']);
    expect(await outcomes(key)).toEqual(expected(['*']));
    expect(expected(['*'])).toEqual(expected(scopes));
  });

  it('allow only to read the account of a superuser, except with *', async () => {
    const { id } = await superuser(api, api.database);
    const before = await api.database.query('SELECT * FROM users WHERE id = $1', [id]);
    const ofUsers = ({ path }: RouteRequest) => path.startsWith('/users/:id');
    const { key } = await createKey(api, scopes);
    const reads = (actions: readonly string[]) =>
      actions.every((action) => action === 'users:read');
    for (const request of requests.filter(ofUsers)) {
      const allowed = mayWith(scopes, request) && reads(request.actions);
      const status = await send(key, request, id);
      expect(line(request, status === 403 ? '403' : 'allowed')).toBe(
        line(request, allowed ? 'allowed' : '403'),
      );
    }
    expect(await api.database.query('SELECT * FROM users WHERE id = $1', [id])).toEqual(before);
    const { key: strong } = await createKey(api, ['*']);
    expect(await outcomes(strong, id)).toEqual(expected(['*']));
  });

  it.each(without('admin:api-keys'))(
    'of others are out of reach of a key with %s',
    async (scope) => {
      const own = await createKey(api, ['admin:api-keys', scope]);
      const holder = api.as(own);
      const same = await createKey(api, [scope], own);
      // The next one in the list: each scope is once the one that is held and once the one that is not.
      const lacking = without('admin:api-keys');
      const next = lacking[(lacking.indexOf(scope) + 1) % lacking.length] ?? '';
      for (const other of [next, '*']) {
        const foreign = await createKey(api, [scope, other]);
        const stronger = { name: 'x', scopes: [scope, other] };
        const answers = await Promise.all([
          holder.post(KEYS, stronger),
          holder.patch(`${KEYS}/${own.id}`, stronger),
          holder.patch(`${KEYS}/${same.id}`, stronger),
          holder.patch(`${KEYS}/${foreign.id}`, { name: 'x' }),
          holder.patch(`${KEYS}/${foreign.id}`, { scopes: [scope] }),
          holder.post(`${KEYS}/${foreign.id}/rotate`),
          holder.delete(`${KEYS}/${foreign.id}`),
        ]);
        expect([other, ...answers.map(({ status }) => status)]).toEqual([
          other,
          ...answers.map(() => 403),
        ]);
      }
      const { body } = await holder.get<{ items: { scopes: string[] }[] }>(`${KEYS}?limit=100`);
      expect(new Set(body.items.flatMap((key) => key.scopes))).toEqual(new Set(own.scopes));
      expect((await holder.post(`${KEYS}/${own.id}/rotate`)).status).toBe(200);
      expect((await holder.delete(`${KEYS}/${same.id}`)).status).toBe(204);
    },
  );
});
