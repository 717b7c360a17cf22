import { UserList } from '../../src/features/users/user-list.js';
import { listUsersQuery, type UserPage } from '../../src/features/users/user.schemas.js';
import { figure } from '../support/figure.js';
import { ExplainingDatabase, type StatementCost } from '../support/query-plan.js';
import { API_KEY } from '../support/caller.js';
import { type Service, startService } from '../support/service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const USERS = 100_000;
const LIMIT = 100;
const SAMPLE = 20;
const SUSPENDED_EVERY = 50;
const PAID_EVERY = 40;
const LIMIT_MS = 60_000;
const asKeyHolder = { headers: { 'x-api-key': API_KEY } };

describe(`a list of ${USERS} users`, () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    // Older than what the API creates; addresses and names start differently, so that a search finds either.
    await database.query(
      `INSERT INTO users (id, email, name, status, tier)
       SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
              'user' || lpad(n::text, 6, '0') || '@example.com',
              'Person ' || lpad(n::text, 6, '0'),
              CASE WHEN n % ${SUSPENDED_EVERY} = 0 THEN 'suspended' ELSE 'active' END,
              CASE WHEN n % ${PAID_EVERY} = 0 THEN 'pro' ELSE 'free' END
         FROM generate_series(1, ${USERS}) AS n`,
    );
    await database.query('VACUUM ANALYZE users');
  }, LIMIT_MS);

  afterAll(() => database.drop());

  describe('read page by page while users are created', () => {
    let service: Service;

    beforeAll(async () => {
      service = await startService({ DATABASE_URL: database.url, JOBS_IN_API: 'false' });
      await waitFor('readiness', async () => (await service.get('/ready')).status === 200);
    });

    afterAll(() => service.stop());

    it.each([
      ['newest first', '', 'idle'],
      ['by prefix of the address', '&q=user', 'user'],
    ])(
      'misses and repeats nobody, and its last pages cost what its first ones did: %s',
      async (what, filter, prefix) => {
        const walked = new AbortController();
        let created = 0;
        const creator = async () => {
          while (!walked.signal.aborted) {
            created += 1;
            // Spread over the whole order of a search.
            const place = String((created * 7919) % USERS).padStart(6, '0');
            const email = `${prefix}${place}-new@example.com`;
            const body = { email, name: 'New' };
            const { status } = await service.post('/users', body);
            expect(status).toBe(201);
          }
        };
        const creators = [creator(), creator()];
        const seen: string[] = [];
        try {
          let cursor: string | null = '';
          while (cursor !== null) {
            const path: string = `/users?limit=${LIMIT}${filter}${cursor && `&cursor=${cursor}`}`;
            const { status, body } = await service.request<UserPage>(path, asKeyHolder);
            expect(status).toBe(200);
            seen.push(...body.items.map(({ id }) => id));
            cursor = body.next_cursor;
          }
        } finally {
          walked.abort();
          await Promise.all(creators);
        }

        expect(new Set(seen).size).toBe(seen.length);
        const there = seen.filter((id) => id.startsWith('01900000-'));
        expect(there).toHaveLength(USERS);
        const times = await pageTimes();
        const first = median(times.slice(0, SAMPLE));
        const last = median(times.slice(-SAMPLE));
        figure(
          `${USERS} users ${what}, ${times.length} pages while ${created} were created: 0 missed, ` +
            `0 repeated; server time of the first page ${times[0]} ms, of the last ${times.at(-1)} ms; ` +
            `median of the first ${SAMPLE} pages ${first} ms, of the last ${SAMPLE} ${last} ms`,
        );
      },
      LIMIT_MS,
    );

    let pagesRead = 0;

    /** Server time of the pages since the last call, from the request log. */
    async function pageTimes(): Promise<number[]> {
      const { headers } = await service.get('/nothing-here');
      const id = headers.get('x-request-id');
      await waitFor('the log', () => service.logs.some((line) => line['request_id'] === id));
      const times = service.logs
        .filter(({ method, endpoint }) => method === 'GET' && endpoint === '/users')
        .map((line) => Number(line['duration_ms']));
      return times.slice(pagesRead, (pagesRead = times.length));
    }
  });

  describe('queried over a real connection', () => {
    let explaining: ExplainingDatabase;

    beforeAll(async () => {
      explaining = await ExplainingDatabase.connect(database.url);
    });

    afterAll(() => explaining.end());

    it.each([
      ['everybody', {}, 'users_pkey'],
      ['one status', { status: 'suspended' }, 'users_segment'],
      ['a paid tier', { tier: 'pro' }, 'users_segment'],
      ['a tier and a status', { tier: 'pro', status: 'suspended' }, 'users_segment'],
      ['an address', { email: 'USER050000@example.com' }, 'users_email_unique'],
      ['a prefix of addresses', { q: 'User' }, 'users_email_unique'],
      ['a prefix of names', { q: 'person 0' }, 'users_name_folded'],
      ['a narrow prefix', { q: 'user0500' }, 'users_email_unique'],
      ['a prefix nobody has', { q: 'zzz' }, 'users_name_folded'],
      ['a prefix of addresses and a paid tier', { q: 'user', tier: 'pro' }, 'users_segment_email'],
      [
        'a prefix of names and a status',
        { q: 'person', status: 'suspended' },
        'users_segment_name',
      ],
    ])('reads no more than a page of index entries for %s', async (what, filter, index) => {
      const list = new UserList(explaining.asDatabase());
      const before = explaining.costs.length;
      let cursor: string | null = null;
      let pages = 0;
      do {
        const query = { limit: '100', ...filter, ...(cursor !== null && { cursor }) };
        const page = await list.page(listUsersQuery.parse(query));
        pages += 1;
        cursor = page.next_cursor;
        // Straight to the end after the first pages.
      } while (cursor !== null && pages < 3);
      cursor &&= deepCursor(cursor);
      if (cursor !== null)
        await list.page(listUsersQuery.parse({ limit: '100', ...filter, cursor }));

      const costs = explaining.costs.slice(before);
      for (const cost of costs) {
        expect(cost.nodes.filter((node) => /Seq Scan|Bitmap/.test(node))).toEqual([]);
        expect(cost.indexes).toContain(index);
        // Each range is cut to a page, whether it is of the list or goes on behind an empty segment.
        expect(cost.rowsRead).toBeLessThanOrEqual(cost.indexes.length * (LIMIT + 1));
      }
      figure(
        `plan for ${what}: first page ${describeCost(costs[0])}, last ${describeCost(costs.at(-1))}`,
      );
    });
  });
});

/** A cursor like the given one, close to the end of the list. */
function deepCursor(cursor: string): string {
  const key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as string[];
  const deep =
    key.length === 1
      ? ['01900000-0000-7000-8000-0000000000ff']
      : [(key[0] ?? '').replace(/\d{6}/, '099900'), key[1]];
  return Buffer.from(JSON.stringify(deep)).toString('base64url');
}

function describeCost(cost: StatementCost | undefined): string {
  return `${cost?.rowsRead} rows, ${cost?.blocks} blocks, ${cost?.ms} ms by ${cost?.indexes.join(' and ')}`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
