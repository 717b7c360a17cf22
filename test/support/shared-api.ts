import { callerOf } from './caller.js';
import { TEMPLATE, type TestPostgres } from './postgres.js';
import { type Running, sharedServer } from './shared-servers.js';
import { type RunningApi, testApi } from './test-api.js';
import { databaseAt } from './test-database.js';

interface Address {
  readonly url: string;
  readonly database: string;
}

/**
 * The API of the whole run, with default settings and without jobs, for suites that look at their own users alone.
 * Whoever counts or lists all rows, reads logs, or changes or ends the process starts one by `testApi`. See ADR 115.
 */
export async function sharedApi(): Promise<RunningApi> {
  const { url, database } = await sharedServer<Address>('api');
  return { ...callerOf(url), url, database: databaseAt(database) };
}

/** Starts it, in a database of its own. */
export async function startSharedApi(server: TestPostgres): Promise<Running> {
  const database = await server.createDatabase('shared', TEMPLATE);
  const api = await testApi().on(databaseAt(database)).withoutJobs().start();
  return { address: { url: api.url, database } satisfies Address, end: () => api.stop() };
}
