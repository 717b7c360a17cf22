import { UserList } from '../../src/features/users/user-list.js';
import { FIRST_ID } from '../../src/features/users/user-ranges.js';
import { listUsersQuery } from '../../src/features/users/user.schemas.js';
import { encodeCursor } from '../../src/platform/common/cursor.js';
import { describeOnPostgres } from '../support/installed.js';
import { ExplainingDatabase } from '../support/query-plan.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const USERS = 20_000;
/** The way down an index, the two rows that a page of one reads, and one to spare. */
const BLOCKS_OF_RANGE = 6;
const afterAllUsers = encodeCursor([FIRST_ID]);

describeOnPostgres('the cost of a list of users', () => {
  let database: TestDatabase;
  let explaining: ExplainingDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    await database.query(
      `INSERT INTO users (id, email, name, status, tier)
       SELECT gen_random_uuid(), 'user' || n || '@example.com', 'Person ' || n,
              CASE WHEN n % 4 = 0 THEN 'suspended' ELSE 'active' END,
              CASE WHEN n % 4 = 1 THEN 'pro' ELSE 'free' END
         FROM generate_series(1, $1::int) AS n`,
      [USERS],
    );
    await database.query('VACUUM ANALYZE users');
    explaining = await ExplainingDatabase.connect(database.url);
  });

  afterAll(async () => {
    await explaining?.end();
    await database?.drop();
  });

  it.each([
    ['after the last user of a tier', { tier: 'pro', cursor: afterAllUsers }],
    ['after the last user of a status', { status: 'suspended', cursor: afterAllUsers }],
    ['for a prefix that nobody of a tier has', { q: 'aaa', tier: 'pro' }],
    ['for a prefix that nobody of a status has', { q: 'aaa', status: 'suspended' }],
    ['for a prefix that nobody of a tier without users has', { q: 'aaa', tier: 'enterprise' }],
  ])('is no more than that of a page %s', async (_, query) => {
    const list = new UserList(explaining.asDatabase());
    const before = explaining.costs.length;
    const page = await list.page(listUsersQuery.parse({ limit: '1', ...query }));

    expect(page).toEqual({ items: [], next_cursor: null });
    const [cost] = explaining.costs.slice(before);
    const ranges = cost?.indexes.length ?? 0;
    expect(cost?.blocks).toBeLessThanOrEqual(ranges * BLOCKS_OF_RANGE);
  });
});
