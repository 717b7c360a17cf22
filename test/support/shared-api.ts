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
 * The API of the whole run, with default settings but admission control, and without jobs, for suites that look at their own users alone.
 * Whoever counts or lists all rows, reads logs, or changes or ends the process starts one by `testApi`. See ADR 115.
 */
export async function sharedApi(): Promise<RunningApi> {
  const { url, database } = await sharedServer<Address>('api');
  return { ...callerOf(url), url, database: databaseAt(database) };
}

/** Many suites load the one process, and a refusal for lack of capacity would be of the others. */
const UNLIMITED = { ADMISSION_CONTROL: 'false' };

/** Starts it, in a database of its own. Its end fails if it crashed, as suites may not notice. */
export async function startSharedApi(server: TestPostgres): Promise<Running> {
  const database = await server.createDatabase('shared', TEMPLATE);
  const described = testApi().with(UNLIMITED).on(databaseAt(database)).withoutJobs();
  const api = await described.asBuilt().start();
  const end = async () => {
    const code = await api.stop();
    if (code !== 0) throw new Error(`the shared API ended with ${code}:\n${api.output()}`);
  };
  return { address: { url: api.url, database } satisfies Address, end };
}
