import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { cli } from '../../support/cli.js';
import { execute } from '../../support/execute.js';
import { startOtlpSink } from '../../support/otlp-sink.js';
import { startTestPostgres } from '../../support/postgres.js';
import { API_KEY, request } from '../../support/caller.js';
import { builtArguments, killServers, launch, nodeArguments, type Server } from './launch.js';

export const PASSWORD = 'violet-kettle-armada-7';
export const JWT_SECRET = 'a-secret-of-the-benchmark-alone-of-32-bytes';
/** Copied for each benchmark. */
const MIGRATED = 'bench_migrated';

/** A migrated database. */
export interface Database {
  readonly url: string;
  query<Row extends object>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

/** What all benchmarks of a run share: one PostgreSQL, one receiver of traces. */
export interface Lab {
  /** Process id of the postmaster. */
  readonly postmaster: number;
  readonly postgresVersion: number;
  database(name: string): Promise<Database>;
  /** Our API as it is built, with what production has switched on; limits are off. */
  api(database: Database, env?: Readonly<Record<string, string>>): Promise<Server>;
  worker(database: Database, env?: Readonly<Record<string, string>>): Promise<Server>;
  /** Fastify and pg, nothing else. */
  bare(database: Database): Promise<Server>;
  stop(): Promise<void>;
}

export async function openLab(): Promise<Lab> {
  const postgres = await startTestPostgres({ version: 'embedded' });
  const sink = await startOtlpSink();
  const [row] = await execute<{ pid: string }>(
    postgres.adminUrl,
    `SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid`,
  );
  const environment = (database: Database) => ({
    ...production,
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    DATABASE_URL: database.url,
  });
  const template = await postgres.createDatabase(MIGRATED);
  const { code, stderr } = await cli(['migrate'], { DATABASE_URL: template });
  if (code !== 0) throw new Error(`the database could not be migrated:\n${stderr}`);
  return {
    postmaster: Number(row?.pid),
    postgresVersion: postgres.version,
    async database(name) {
      const url = await postgres.createDatabase(name, MIGRATED);
      return { url, query: (sql, parameters) => execute(url, sql, parameters) };
    },
    api: (database, env) => launch(builtArguments('main'), { ...environment(database), ...env }),
    worker: (database, env) =>
      launch(builtArguments('worker'), { ...environment(database), ...env }),
    bare: ({ url }) => launch(nodeArguments('bare-server'), { DATABASE_URL: url }),
    async stop() {
      killServers();
      await sink.stop();
      await postgres.stop();
    },
  };
}

/** Request logs at the default level, metrics and a tenth of all traces are on. */
export const production = {
  ENVIRONMENT: 'production',
  API_KEY,
  JWT_SECRET,
  DATA_KEY: Buffer.alloc(32, 'benchmark').toString('base64'),
  ACCESS_TOKEN_TTL: '86400',
  PUBLIC_URL: 'https://bench.example',
  EMAIL_SERVICE_URL: 'log:',
  JOBS_IN_API: 'false',
  ...settingsOfImage(),
  RATE_LIMIT_REQUESTS: '0',
  RATE_LIMIT_LOGINS: '0',
  RATE_LIMIT_SIGNUPS: '0',
  OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
  OTEL_TRACES_SAMPLER_ARG: '0.1',
};

/** What the image sets for Node and the C library. @throws when the Dockerfile has it no more. */
function settingsOfImage(): Record<string, string> {
  const text = readFileSync(join(import.meta.dirname, '..', '..', '..', 'Dockerfile'), 'utf8');
  return Object.fromEntries(
    ['NODE_OPTIONS', 'MALLOC_ARENA_MAX'].map((name) => {
      const value = new RegExp(`^(?:ENV)? +${name}=(\\S+)`, 'm').exec(text)?.[1];
      if (value === undefined) throw new Error(`the Dockerfile does not set ${name}`);
      return [name, value];
    }),
  );
}

const POPULATION = 10_000;

/**
 * Fills the table of users and tells the planner. In an empty one any index costs the same: a plan made
 * then may read all users later, and stays until the table is analysed, within a minute.
 */
export async function populate(database: Database): Promise<void> {
  await database.query(
    `INSERT INTO users (id, email, name)
     SELECT gen_random_uuid(), 'resident' || n || '@example.com', 'Resident' FROM generate_series(1, $1) AS n`,
    [POPULATION],
  );
  await database.query('ANALYZE users');
}

/** A user who signed in, with the header that proves it. */
export interface SignedIn {
  readonly id: string;
  readonly email: string;
  readonly headers: { readonly authorization: string };
}

/** Creates a user, a superuser if wanted, and signs in. */
export async function signIn(
  { url }: Server,
  database: Database,
  { email = 'bench@example.com', role = 'user' } = {},
): Promise<SignedIn> {
  const post = async <Body>(path: string, body: object, status: number) => {
    const answer = await request<Body>(`${url}${path}`, { method: 'POST', body });
    if (answer.status !== status) throw new Error(`${path} answered ${answer.status}`);
    return answer.body;
  };
  const user = { email, name: 'Bench', password: PASSWORD };
  const { id } = await post<{ id: string }>('/users', user, 201);
  await database.query('UPDATE users SET role = $2 WHERE id = $1', [id, role]);
  const tokens = await post<{ access_token: string }>(
    '/auth/login',
    { email, password: PASSWORD },
    200,
  );
  return { id, email, headers: { authorization: `Bearer ${tokens.access_token}` } };
}
