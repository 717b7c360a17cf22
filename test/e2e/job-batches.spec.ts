import { superuser, type TestUser, type Tokens } from '../support/accounts.js';
import { expectProblem } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';

interface Batch {
  count: number;
  next_cursor: string | null;
}

const BATCH = 1000;

let api: Api;
let admin: TestUser & { tokens: Tokens };

beforeAll(async () => {
  api = await testApi().with({ JOBS_IN_API: 'false' }).start();
  admin = await superuser(api, api.database);
});

afterAll(async () => {
  await api?.stop();
});

/** Jobs of two queues in a state, one millisecond apart. */
const insertJobs = (state: string, count: number) =>
  api.database.query(
    `INSERT INTO pgboss.job (name, state, data, created_on, completed_on)
     SELECT queue, $1::pgboss.job_state, '{}', now() - number * interval '1 ms', now()
       FROM unnest('{email,account_mail}'::text[]) AS queue, generate_series(1, $2::int) AS number`,
    [state, count],
  );
const countOf = async (state: string, queue: string) =>
  (
    await api.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM pgboss.job WHERE state = $1::pgboss.job_state AND name = $2',
      [state, queue],
    )
  )[0]?.count;
const batch = async (act: 'retry' | 'purge', body: Record<string, unknown>) =>
  (await api.as(admin).post<Batch>(`/admin/jobs/${act}`, body)).body;
const records = (action: string) =>
  api.database.query('SELECT actor_id, details FROM audit_log WHERE action = $1 ORDER BY id', [
    action,
  ]);

describe('many jobs', () => {
  beforeEach(() => api.database.query('DELETE FROM pgboss.job'));

  it('are deleted in batches that follow each other, each on record', async () => {
    await insertJobs('failed', 600);
    await insertJobs('completed', 3);
    const first = await batch('purge', { state: 'failed' });
    expect(first).toEqual({ count: BATCH, next_cursor: expect.any(String) as string });
    const second = await batch('purge', { state: 'failed', cursor: first.next_cursor });
    expect(second).toEqual({ count: 200, next_cursor: null });
    expect(await countOf('failed', 'email')).toBe(0);
    expect(await countOf('completed', 'email')).toBe(3);
    expect(await records('jobs.purged')).toEqual(
      [BATCH, 200].map((count) => ({ actor_id: admin.id, details: { state: 'failed', count } })),
    );
  });

  it('of one queue leave the others alone', async () => {
    await insertJobs('cancelled', 2);
    const gone = await batch('purge', { state: 'cancelled', queue: 'email' });
    expect(gone).toEqual({ count: 2, next_cursor: null });
    expect(await countOf('cancelled', 'account_mail')).toBe(2);
  });

  it('that failed get one more attempt; the walk does not meet those again that fail meanwhile', async () => {
    await insertJobs('failed', 501);
    const first = await batch('retry', {});
    expect(first.count).toBe(BATCH);
    await api.database.query("UPDATE pgboss.job SET state = 'failed' WHERE state = 'retry'");
    const second = await batch('retry', { cursor: first.next_cursor });
    expect(second).toEqual({ count: 2, next_cursor: null });
    expect(await records('jobs.retried')).toHaveLength(2);
  });

  it('that are not there leave no record', async () => {
    const nothing = { count: 0, next_cursor: null };
    const before = await records('jobs.purged');
    expect(await batch('purge', { state: 'failed' })).toEqual(nothing);
    expect(await records('jobs.purged')).toEqual(before);
    const retried = await records('jobs.retried');
    expect(await batch('retry', {})).toEqual(nothing);
    expect(await records('jobs.retried')).toEqual(retried);
  });

  it('that are waiting or running are not deleted, and a cursor of another list is refused', async () => {
    for (const body of [{ state: 'active' }, { state: 'failed', cursor: 'x' }, {}])
      expectProblem(await api.as(admin).post('/admin/jobs/purge', body), 400, 'request.invalid');
  });
});
