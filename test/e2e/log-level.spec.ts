import { asService } from '../support/caller.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

describe('the log level', () => {
  let api: Api;

  beforeAll(async () => {
    api = await testApi().start();
  });

  afterAll(() => api?.stop());

  it('changes for a limited time, and writes an audit row', async () => {
    const change = (body: unknown, headers: Record<string, string> = asService) =>
      api.request('/admin/log-level', { method: 'PUT', headers, body });
    expect((await change({ level: 'debug' }, {})).status).toBe(401);
    expect((await change({ level: 'loud' })).status).toBe(400);
    const { status, body } = await change({ level: 'error', seconds: 1 });
    expect(status).toBe(200);
    expect(body).toEqual({ level: 'ERROR', until: expect.any(String) as string });
    const probe = (id: string) => api.get('/openapi.json', { 'x-request-id': id });
    await probe('silent-1');
    await waitFor('the configured level to return', async () => {
      await probe('loud-1');
      return api.logs.some(({ request_id: id }) => id === 'loud-1');
    });
    expect(api.logs.some(({ request_id: id }) => id === 'silent-1')).toBe(false);
    const rows = await api.database.query<{ actor_kind: string }>(
      `SELECT actor_kind FROM audit_log WHERE action = 'log-level.changed'`,
    );
    expect(rows).toEqual([{ actor_kind: 'service' }]);
    const returned = await waitFor('the return to be audited', async () => {
      const [row] = await api.database.query<object>(
        `SELECT actor_kind, actor_id, request_id, details FROM audit_log
          WHERE action = 'log-level.returned'`,
      );
      return row;
    });
    expect(returned).toEqual({
      actor_kind: 'system',
      actor_id: null,
      request_id: null,
      details: { level: 'info' },
    });
    const line = await waitFor('the line about it', () =>
      api.logs.find(({ message }) => message === 'log level returned'),
    );
    expect(line).toMatchObject({ level: 'WARN', state: 'INFO' });
    expect(line).not.toHaveProperty('request_id');
  });
});
