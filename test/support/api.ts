import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Service, startService } from './service.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** A built API on a database of its own. */
export interface Api extends Service {
  readonly database: TestDatabase;
  readonly dataDir: string;
  /** Stops the process and removes its data. @returns the exit code. */
  stop(): Promise<number | null>;
}

/** Starts the API as it is built, on a new database and an empty `DATA_DIR`. */
export async function startApi(env: Readonly<Record<string, string>> = {}): Promise<Api> {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'cnua-api-'));
  const service = await startService({ DATABASE_URL: database.url, DATA_DIR: dataDir, ...env });
  return {
    ...service,
    database,
    dataDir,
    stop: async () => {
      const code = await service.stop();
      await database.drop();
      rmSync(dataDir, { recursive: true });
      return code;
    },
  };
}
