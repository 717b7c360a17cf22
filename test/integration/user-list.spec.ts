import type { INestApplicationContext } from '@nestjs/common';

import { UserList } from '../../src/features/users/user-list.js';
import { statuses, tiers } from '../../src/features/users/fields/user-fields.js';
import { FIRST_ID } from '../../src/features/users/user-ranges.js';
import { listUsersQuery } from '../../src/features/users/user.schemas.js';
import { UsersHttpModule } from '../../src/features/users/users.module.js';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { EmailModule } from '../../src/platform/mail/mail.module.js';
import { PaymentsModule } from '../../src/platform/payments/payments.module.js';
import { WorkersModule } from '../../src/platform/workers/workers.module.js';
import { encodeCursor } from '../../src/platform/common/cursor.js';
import { createContext } from '../support/app-context.js';
import { describeOnPostgres } from '../support/installed.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { insertUsers } from '../support/users.js';

describeOnPostgres('UserList', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let list: UserList;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await createContext(database, {
      imports: [
        JobsModule.forRoot({ consume: false }),
        EmailModule,
        PaymentsModule,
        WorkersModule,
        UsersHttpModule,
      ],
    });
    list = app.get(UserList);
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  beforeEach(() => database.query('TRUNCATE users CASCADE'));

  /** One page by a query string's values, cursors included. */
  const page = (query: Record<string, string>) => list.page(listUsersQuery.parse(query));

  /** All pages one after the other; `between` runs after each. */
  async function walk(query: Record<string, string>, between?: () => Promise<unknown>) {
    const pages: string[][] = [];
    let cursor: string | null = null;
    do {
      const { items, next_cursor } = await page({ ...query, ...(cursor !== null && { cursor }) });
      pages.push(items.map(({ id }) => id));
      cursor = next_cursor;
      if (cursor !== null) await between?.();
    } while (cursor !== null);
    return pages;
  }

  const names = async (query: Record<string, string>) =>
    (await page({ limit: '100', ...query })).items.map(({ name }) => name);

  it('lists newest first, and ends with the last full page', async () => {
    const ids = await insertUsers(
      database,
      Array.from({ length: 6 }, () => ({})),
    );
    const pages = await walk({ limit: '3' });
    expect(pages.map(({ length }) => length)).toEqual([3, 3]);
    expect(pages.flat()).toEqual(ids.toReversed());
  });

  it('neither misses nor repeats users while others are created and deleted', async () => {
    const ids = await insertUsers(
      database,
      Array.from({ length: 9 }, () => ({})),
    );
    const pages = await walk({ limit: '2' }, async () => {
      await insertUsers(database, [{}, {}]);
      await database.query('UPDATE users SET deleted_at = now() WHERE id = $1', [ids[0]]);
    });
    expect(pages.flat()).toEqual(ids.toReversed().slice(0, -1));
  });

  it('filters by status and by address in any case', async () => {
    const [, suspended] = await insertUsers(database, [
      { email: 'Ada@Example.com' },
      { email: 'bob@example.com', status: 'suspended' },
    ]);
    expect((await page({ status: 'suspended' })).items).toMatchObject([{ id: suspended }]);
    expect(await page({ email: 'aDA@example.COM' })).toMatchObject({
      items: [{ email: 'Ada@Example.com' }],
      next_cursor: null,
    });
    expect((await page({ email: 'ada@example.com', status: 'suspended' })).items).toEqual([]);
  });

  it('leaves deleted users out', async () => {
    await insertUsers(database, [{ name: 'Gone', deleted_at: new Date() }]);
    expect((await page({})).items).toEqual([]);
    expect((await page({ q: 'gone' })).items).toEqual([]);
  });

  it('searches by prefix of address or name in any case, ordered by the matching field', async () => {
    await insertUsers(database, [
      { name: 'Anna', email: 'zoe@example.com' },
      { name: 'Zed', email: 'ANDY@example.com' },
      { name: 'Johanna', email: 'joh@example.com' },
      { name: 'ANGELA', email: 'x@example.com' },
    ]);
    expect(await names({ q: 'aN' })).toEqual(['Zed', 'ANGELA', 'Anna']);
  });

  it('lists a user once when both address and name match', async () => {
    await insertUsers(database, [{ name: 'Ada', email: 'ada@example.com' }]);
    expect(await names({ q: 'ada' })).toEqual(['Ada']);
  });

  it.each([
    ['%', '% off', 'percent'],
    ['_', '_under', 'xunder'],
    ['\\', '\\back', 'back'],
    ["'", "'quoted", 'quoted'],
    ['Ün', 'ünïcode', 'unicode'],
    ['ÉL', 'élan', 'elan'],
    ['李', '李小龍', '王'],
    ['🦊', '🦊 fox', '🐻'],
  ])('takes %s in a prefix literally', async (q, match, other) => {
    await insertUsers(database, [{ name: match }, { name: other }]);
    expect(await names({ q })).toEqual([match]);
  });

  it('lists a user by the first of name and address, so that no page is full of repeats', async () => {
    const rows = ['Ada', 'Bea', 'Cleo'].map((name) => ({
      name: `Anna ${name}`,
      email: `anna.${name}@example.com`,
    }));
    const ids = await insertUsers(database, rows);
    const [first, ...others] = await walk({ q: 'anna', limit: '2' });
    expect([first, others.flat()]).toEqual([ids.slice(0, 2), ids.slice(2)]);
  });

  it('answers without anybody before it has read too many repeats, and goes on from there', async () => {
    await database.query(
      `INSERT INTO users (id, email, name)
       SELECT gen_random_uuid(), 'anna.' || n || '@example.com', 'Anna ' || n FROM generate_series(1, 4200) AS n`,
    );
    const cursor = encodeCursor(['anna.', FIRST_ID]);
    const { items, next_cursor: next } = await page({ q: 'anna', limit: '1', cursor });
    expect([items, next]).toEqual([[], expect.any(String)]);
    const rest = await page({ q: 'anna', limit: '1', cursor: next ?? '' });
    expect(rest).toEqual({ items: [], next_cursor: null });
  });

  it.each(['1', '2', '100'])('lists a user whose name is the address, by %s', async (limit) => {
    const rows = ['a@example.com', 'b@example.com'].map((email) => ({ email, name: email }));
    const ids = await insertUsers(database, rows);
    for (const q of ['a@', 'b@']) expect((await walk({ q, limit })).flat()).toHaveLength(1);
    expect((await walk({ q: 'a', limit })).flat()).toEqual([ids[0]]);
  });

  it('pages through a search with equal keys while users sign up', async () => {
    const rows = [
      ...Array.from({ length: 5 }, () => ({ name: 'Same Ünit' })),
      { name: 'same ünit 100%' },
      { name: 'SAME_\\' },
      { name: 'Zed', email: 'same@example.com' },
    ];
    const ids = await insertUsers(database, rows);
    const pages = await walk({ q: 'SaMe', limit: '2' }, () =>
      insertUsers(database, [{ name: 'same' }]),
    );
    expect(pages.slice(0, -1).every(({ length }) => length === 2)).toBe(true);
    expect(pages.flat().toSorted()).toEqual(ids.toSorted());
  });

  it('pages through the longest names', async () => {
    const name = '🦊'.repeat(200);
    const ids = await insertUsers(database, [{ name }, { name }, { name }]);
    expect((await walk({ q: '🦊', limit: '1' })).flat()).toEqual(ids);
  });

  describe('with filters', () => {
    const people = statuses.flatMap((status) => tiers.map((tier) => ({ status, tier })));
    const choices = [undefined, ...statuses].flatMap((status) =>
      [undefined, ...tiers].map((tier) => ({ ...(status && { status }), ...(tier && { tier }) })),
    );

    it.each(choices)('finds the same users page by page as at once: %o', async (filters) => {
      const rows = [...people, ...people].map((person, at) => ({ ...person, name: `Ada ${at}` }));
      const ids = await insertUsers(database, rows);
      const isWanted = ({ status, tier }: (typeof rows)[number]) =>
        (filters.status ?? status) === status && (filters.tier ?? tier) === tier;
      const wanted = rows.flatMap((row, at) => (isWanted(row) ? [ids[at]] : []));
      expect((await walk({ ...filters, limit: '1' })).flat()).toEqual(wanted.toReversed());
      expect((await walk({ ...filters, q: 'ada', limit: '1' })).flat().toSorted()).toEqual(wanted);
    });

    it('finds the one with an address', async () => {
      const [, two] = await insertUsers(database, [
        { name: 'Ada One', status: 'suspended' },
        { name: 'Ada Two', email: 'two@example.com', status: 'suspended' },
      ]);
      const filters = { status: 'suspended', email: 'TWO@example.com' };
      expect((await walk(filters)).flat()).toEqual([two]);
      expect((await walk({ ...filters, q: 'ada' })).flat()).toEqual([two]);
    });
  });
});
