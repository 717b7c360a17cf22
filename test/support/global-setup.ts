import { statfsSync } from 'node:fs';

import { cli, NODE_FLAGS } from './cli.js';
import { execute } from './execute.js';
import { SEED, startTestPostgres, TEMPLATE, type TestPostgres } from './postgres.js';
import { offerServers } from './shared-servers.js';
import { systemPostgresBin } from './system-postgres.js';
import { bundleWarmHost } from './warm-process.js';

/** Each ends servers of this test run, for the teardown: those that need others first. */
export const endings: (() => Promise<void>)[] = [];

/**
 * Room for new objects from the start, in MiB. Processes of tests live for seconds: they collect fewer, which saves 7 %
 * of their CPU time.
 */
const ROOM_FOR_NEW_OBJECTS = '--min-semi-space-size=32 --max-semi-space-size=32';

const ROOMY_BYTES = 2 * 1024 ** 3;

/** Starts one throwaway server per PostgreSQL version, each with a migrated template database. */
export default async function globalSetup(): Promise<void> {
  useMemoryForTemporaryFiles();
  // Drills watch the memory of processes.
  if (process.env['DRILLS'] === undefined) process.env[NODE_FLAGS] = ROOM_FOR_NEW_OBJECTS;
  const hasSystem = systemPostgresBin() !== undefined;
  if (!hasSystem && process.env['CI'] === 'true')
    throw new Error('CI needs an installed PostgreSQL to test on');
  const [embedded] = await Promise.all([
    start('embedded', 'TEST_POSTGRES_EMBEDDED'),
    hasSystem && start('system', 'TEST_POSTGRES_SYSTEM'),
    process.env['DRILLS'] === undefined && bundleWarmHost(),
  ]);
  process.env[SEED] = await embedded.copy();
  await writeCatalogCache(embedded);
  // Most runs need none of them: their code is loaded with the first use, too.
  endings.unshift(
    await offerServers({
      api: async () => (await import('./shared-api.js')).startSharedApi(embedded),
    }),
  );
}

async function start(version: 'embedded' | 'system', variable: string): Promise<TestPostgres> {
  const server = await startTestPostgres({ version });
  endings.push(() => server.stop());
  const url = await server.createDatabase(TEMPLATE);
  const { code, stderr } = await cli(['migrate'], { DATABASE_URL: url });
  if (code !== 0) throw new Error(`the template database could not be migrated:\n${stderr}`);
  process.env[variable] = server.adminUrl;
  return server;
}

/**
 * The first session after a start of the server puts what it looked up into a file of the database, which copies have, too. It spares
 * the first sessions of each copy a third of their CPU time. `copy()` starts the server anew, which removes the file.
 */
async function writeCatalogCache({ adminUrl }: TestPostgres): Promise<void> {
  const url = new URL(adminUrl);
  url.pathname = `/${TEMPLATE}`;
  await execute(url.href, 'SELECT 1');
}

/** Databases are created by copying many small files: memory is tens of times quicker at it. */
function useMemoryForTemporaryFiles(): void {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    if (process.env['TMPDIR'] === undefined && bavail * bsize > ROOMY_BYTES)
      process.env['TMPDIR'] = '/dev/shm';
  } catch {
    // No such file system here.
  }
}
