import { encodeCursor } from '../../src/platform/common/cursor.js';
import { expectProblem, pointers } from '../support/http.js';
import { type Api, testApi } from '../support/test-api.js';
import { insertUsers } from '../support/users.js';

type Page = { items: { id: string; name: string }[]; next_cursor: string | null };

describe('GET /users', () => {
  let api: Api;
  let ids: string[];

  beforeAll(async () => {
    api = await testApi().withoutJobs().start();
    ids = await insertUsers(
      api.database,
      Array.from({ length: 25 }, (_, index) => ({
        name: `Person ${String(index).padStart(2, '0')}`,
        email: `Person.${index}@Example.com`,
        status: index % 5 === 0 ? 'suspended' : 'active',
      })),
    );
  });

  afterAll(() => api?.stop());

  const list = (query: Record<string, string> | string = {}) =>
    api.as('service').get<Page>(`/users?${new URLSearchParams(query).toString()}`);

  it('answers twenty users, newest first, with the cursor of the next page', async () => {
    const first = await list();
    expect(first.status).toBe(200);
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect(Object.keys(first.body)).toEqual(['items', 'next_cursor']);
    const second = await list({ cursor: String(first.body.next_cursor) });
    const found = [...first.body.items, ...second.body.items].map(({ id }) => id);
    expect(first.body.items).toHaveLength(20);
    expect(found).toEqual(ids.toReversed());
    expect(second.body.next_cursor).toBeNull();
  });

  it('shows users with the same fields as a single user', async () => {
    const [item] = (await list({ limit: '1' })).body.items;
    const alone = await api.as('service').get(`/users/${item?.id}`);
    expect(item).toEqual(alone.body);
  });

  it('filters by address in any case, by status and by prefix', async () => {
    expect((await list({ email: 'person.7@example.COM' })).body.items).toMatchObject([
      { name: 'Person 07' },
    ]);
    expect((await list({ status: 'suspended' })).body.items).toHaveLength(5);
    expect((await list({ q: 'pErSoN 1', limit: '3' })).body.items.map(({ name }) => name)).toEqual([
      'Person 10',
      'Person 11',
      'Person 12',
    ]);
    expect((await list({ q: 'rson' })).body.items).toEqual([]);
  });

  it('pages through a search', async () => {
    const found: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query = { q: 'person.', limit: '10', ...(cursor && { cursor }) };
      const { body }: { body: Page } = await list(query);
      found.push(...body.items.map(({ id }) => id));
      cursor = body.next_cursor;
    }
    expect(found.toSorted()).toEqual(ids.toSorted());
  });

  it('accepts limits from 1 to 100', async () => {
    expect((await list({ limit: '1' })).body.items).toHaveLength(1);
    expect((await list({ limit: '100' })).body.items).toHaveLength(25);
    for (const limit of ['0', '101', '-1', '1.5', 'ten', ''])
      expect(pointers(expectProblem(await list({ limit }), 400, 'request.invalid'))).toEqual([
        'query/limit',
      ]);
  });

  it('rejects invalid cursors and cursors of other lists', async () => {
    const plain = String((await list({ limit: '1' })).body.next_cursor);
    const search = String((await list({ limit: '1', q: 'person' })).body.next_cursor);
    const queries: Record<string, string>[] = [
      { cursor: 'x' },
      { cursor: '' },
      { cursor: `${plain}x` },
      { cursor: search },
      { cursor: plain, q: 'person' },
    ];
    for (const query of queries)
      expect(pointers(expectProblem(await list(query), 400, 'request.invalid'))).toEqual([
        'query/cursor',
      ]);
  });

  it('names all invalid parameters at once, including repeated and unknown ones', async () => {
    const answer = await list('limit=1&limit=2&status=gone&cursor=x&q=&page=2&sort=name');
    expect(pointers(expectProblem(answer, 400, 'request.invalid'))).toEqual([
      'query/cursor',
      'query/limit',
      'query/page',
      'query/q',
      'query/sort',
      'query/status',
    ]);
  });

  it.each([
    ['email', { email: '\0' }],
    ['cursor', { q: 'a', cursor: encodeCursor(['a\0', '019aaf3f-0000-7000-8000-000000000000']) }],
  ])('refuses a %s with characters that the database rejects', async (name, query) => {
    expect(pointers(expectProblem(await list(query), 400, 'request.invalid'))).toEqual([
      `query/${name}`,
    ]);
  });
});
