import { existsSync, statfsSync } from 'node:fs';

import { CHROMIUM } from './chromium-path.js';
import { cli } from './cli.js';
import { SEED, startTestPostgres, type TestPostgres } from './postgres.js';
import { systemPostgresBin } from './system-postgres.js';

/** Ends each server of this test run, for the teardown. */
export const endings: (() => Promise<void>)[] = [];

/** The migrated database that each test file's own is a copy of. */
export const TEMPLATE = 'template_migrated';

const ROOMY_BYTES = 2 * 1024 ** 3;

/** Starts one throwaway server per PostgreSQL version, each with a migrated template database, and one Chromium. */
export default async function globalSetup(): Promise<void> {
  useMemoryForTemporaryFiles();
  const hasSystem = systemPostgresBin() !== undefined;
  if (!hasSystem && process.env['CI'] === 'true')
    throw new Error('CI needs an installed PostgreSQL to test on');
  const [embedded] = await Promise.all([
    start('embedded', 'TEST_POSTGRES_EMBEDDED'),
    hasSystem && start('system', 'TEST_POSTGRES_SYSTEM'),
    existsSync(CHROMIUM) && startBrowser(),
  ]);
  process.env[SEED] = await embedded.copy();
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

async function startBrowser(): Promise<void> {
  // Other files import this one for a name: they do without the driver of browsers.
  const { BROWSER, startChromium } = await import('./chromium.js');
  const browser = await startChromium();
  endings.push(() => browser.close());
  process.env[BROWSER] = browser.wsEndpoint();
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
