import { join } from 'node:path';

import { startTestPostgres } from '../../test/support/postgres.js';
import { run } from './command.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** `podman kube play` of the production pod against a private PostgreSQL. */
export async function playPod(): Promise<string> {
  const postgres = await startTestPostgres({ version: 'embedded' });
  try {
    const folder = new URL(postgres.adminUrl).searchParams.get('host');
    const said = await run('unshare', [
      '--net',
      '--',
      process.execPath,
      '--import',
      join(ROOT, 'scripts', 'ts-hooks.mjs'),
      join(import.meta.dirname, 'play-pod.ts'),
      join(ROOT, 'deploy', 'overlays', 'production'),
      join(folder ?? '', '.s.PGSQL.5432'),
    ]);
    return said.trim();
  } finally {
    await postgres.stop();
  }
}
