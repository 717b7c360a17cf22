import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Caller } from './caller.js';
import { ready } from './ready.js';
import { type Service, startService } from './service.js';
import { createTestDatabase, type Database, type TestDatabase } from './test-database.js';
import { startApi } from './warm-process.js';

type Environment = Readonly<Record<string, string>>;

/** An API that answers, and its database. */
export interface RunningApi extends Caller {
  readonly url: string;
  readonly database: Database;
}

/** An API of a suite's own. */
export interface Api extends Service, RunningApi {
  readonly dataDir: string;
  /** Stops it and removes its data. @returns the exit code. */
  stop(): Promise<number | null>;
  /** Kills the process and removes its data. */
  kill(): Promise<void>;
}

/** Describes an API for a test; each method returns a further description, `start` starts it. */
export interface TestApi {
  /** Sets variables of its environment. */
  with(env: Environment): TestApi;
  /** Disables job processing, as beside a worker. */
  withoutJobs(): TestApi;
  /** Has the switches for drills. */
  withFaults(): TestApi;
  /** Sends mails there; otherwise they are files in its outbox. */
  withMails(server: { readonly url: string } | 'log'): TestApi;
  /** Charges there. */
  withPayments(server: { readonly url: string }): TestApi;
  /** Shares a database, which it leaves in place; otherwise it has a new one of its own. */
  on(database: Database): TestApi;
  /** Runs the bundle, in a process of its own. */
  asBuilt(): TestApi;
  /** Starts it and waits until it is ready. */
  start(): Promise<Api>;
  /** Starts it and waits only until it listens. */
  listen(): Promise<Api>;
}

/** Starts to describe an API. It runs in a process that has run others before: see ADR 116. */
export function testApi(
  env: Environment = {},
  shared?: Database,
  startBy: (env: Environment) => Promise<Service> = startApi,
): TestApi {
  const also = (more: Environment) => testApi({ ...env, ...more }, shared, startBy);
  return {
    with: also,
    withoutJobs: () => also({ JOBS_IN_API: 'false' }),
    withFaults: () => also({ FAULTS_ENABLED: 'true' }),
    withMails: (server) => also({ EMAIL_SERVICE_URL: server === 'log' ? 'log:' : server.url }),
    withPayments: ({ url }) => also({ PAYMENT_SERVICE_URL: url }),
    on: (database) => testApi(env, database, startBy),
    asBuilt: () => testApi(env, shared, startService),
    start: async () => ready(await listen(env, shared, startBy)),
    listen: () => listen(env, shared, startBy),
  };
}

async function listen(
  env: Environment,
  shared: Database | undefined,
  startBy: (env: Environment) => Promise<Service>,
): Promise<Api> {
  const database: TestDatabase =
    shared === undefined
      ? await createTestDatabase()
      : { ...shared, drop: () => Promise.resolve() };
  const dataDir = mkdtempSync(join(tmpdir(), 'cnua-api-'));
  const service = await startBy({ DATABASE_URL: database.url, DATA_DIR: dataDir, ...env });
  const remove = async () => {
    await database.drop();
    // Whoever stopped it may kill it as well.
    rmSync(dataDir, { recursive: true, force: true });
  };
  return {
    ...service,
    database,
    dataDir,
    stop: async () => {
      const code = await service.stop();
      await remove();
      return code;
    },
    kill: async () => {
      await service.kill();
      await remove();
    },
  };
}
