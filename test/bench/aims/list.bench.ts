import type { Benchmark, Effort, Row } from '../harness/benchmark.js';
import { type Database, type Lab, signIn } from '../harness/lab.js';
import type { Server } from '../harness/launch.js';
import { median, ratios } from '../harness/statistics.js';

const SMALL = 10_000;
const PAGES = 30;
/** Rows per statement: none may outlast the pool's patience, or grow the temporary files. */
const BATCH = 1_000_000;
const SUSPENDED_EVERY = 50;
const PAID_EVERY = 40;

/** Every query finds a full page on both sides, but for the address, which is one user's. */
const queries: Readonly<Record<string, string>> = {
  'newest first': '',
  'by e-mail': '&email=user00005000@example.com',
  'by status': '&status=suspended',
  'by tier': '&tier=pro',
  'by prefix and status': '&q=user&status=suspended',
  'by prefix and tier': '&q=person&tier=pro',
  'by prefix of the address': '&q=user0000',
  'by prefix of the name': '&q=person%200000',
};

interface Population {
  readonly server: Server;
  readonly headers: Readonly<Record<string, string>>;
  /** A cursor in the middle of the list. */
  readonly middle: string;
}

/** Pages of 100 among few and among many users, one at a time, through HTTP. */
export const list: Benchmark = {
  name: 'list',
  title: 'pages of 100 users among many, against the same among 10,000',
  async run(lab, effort) {
    const large = effort.quick ? 200_000 : 10_000_000;
    const few = await populate(lab, 'bench_list_few', SMALL);
    const many = await populate(lab, 'bench_list_many', large);
    const rows: Row[] = [];
    for (const [what, query] of Object.entries(queries))
      rows.push(...(await compare(what, few, many, () => query, effort)));
    rows.push(
      ...(await compare('in the middle', few, many, ({ middle }) => `&cursor=${middle}`, effort)),
    );
    await Promise.all([few, many].map(({ server }) => server.stop()));
    return rows.map((row) => ({ ...row, what: row.what.replace('many', String(large)) }));
  },
};

async function compare(
  what: string,
  few: Population,
  many: Population,
  query: (population: Population) => string,
  { rounds }: Effort,
): Promise<Row[]> {
  const [low, high]: [number[], number[]] = [[], []];
  // One round more than counted: the first one warms up.
  for (let round = 0; round <= rounds; round += 1) {
    const times: [number[], number[]] = [[], []];
    for (let page = 0; page < PAGES; page += 1) {
      times[0].push(await pageTime(few, query(few)));
      times[1].push(await pageTime(many, query(many)));
    }
    if (round > 0) {
      low.push(median(times[0]));
      high.push(median(times[1]));
    }
  }
  return [
    { what: `${what}, ${SMALL} users`, unit: 'ms', digits: 2, figures: low },
    { what: `${what}, many users`, unit: 'ms', digits: 2, figures: high },
    {
      what: `${what}, many to few`,
      unit: 'ratio',
      digits: 2,
      figures: ratios(high, low),
      aim: { atMost: 1.2 },
    },
  ];
}

/** Milliseconds from request to the last byte. */
async function pageTime({ server, headers }: Population, query: string): Promise<number> {
  const started = performance.now();
  const response = await fetch(`${server.url}/users?limit=100${query}`, { headers });
  const text = await response.text();
  const elapsed = performance.now() - started;
  if (response.status !== 200 || !text.includes('"email"'))
    throw new Error(`${query} answered ${response.status} ${text.slice(0, 200)}`);
  return elapsed;
}

async function populate(lab: Lab, name: string, count: number): Promise<Population> {
  const database = await lab.database(name);
  await withoutIndexes(database, async () => {
    for (let first = 1; first <= count; first += BATCH)
      await fill(database, first, Math.min(first + BATCH - 1, count));
  });
  await database.query('VACUUM ANALYZE users');
  const server = await lab.api(database);
  const { headers } = await signIn(server, database, { role: 'superuser' });
  const id = `01900000-0000-7000-8000-${(count / 2).toString(16).padStart(12, '0')}`;
  return { server, headers, middle: Buffer.from(JSON.stringify([id])).toString('base64url') };
}

/** Users older than what the API creates; address and name start differently. */
function fill(database: Database, first: number, last: number): Promise<object[]> {
  return database.query(
    `INSERT INTO users (id, email, name, status, tier)
     SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
            'user' || lpad(n::text, 8, '0') || '@example.com',
            'Person ' || lpad(n::text, 8, '0'),
            CASE WHEN n % ${SUSPENDED_EVERY} = 0 THEN 'suspended' ELSE 'active' END,
            CASE WHEN n % ${PAID_EVERY} = 0 THEN 'pro' ELSE 'free' END
       FROM generate_series(${first}, ${last}) AS n`,
  );
}

/** Building an index at the end takes a fraction of keeping it up to date meanwhile. */
async function withoutIndexes(database: Database, fillTable: () => Promise<void>): Promise<void> {
  const indexes = await database.query<{ indexname: string; indexdef: string }>(
    `SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'users' AND indexname <> 'users_pkey'`,
  );
  for (const { indexname } of indexes) await database.query(`DROP INDEX ${indexname}`);
  await fillTable();
  for (const { indexdef } of indexes) await database.query(indexdef);
}
