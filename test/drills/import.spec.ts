import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { cleanEnvironment, nodeCommand } from '../support/cli.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const USERS = 100_000;
const MOST_MEGABYTES = 200;
const CLI = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
/** Reports the peak of resident memory when the process ends. */
const PEAK = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))`;

describe('import of 100,000 users with hashes', () => {
  let database: TestDatabase;
  let folder: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'import-'));
    const file = createWriteStream(join(folder, 'users.csv'));
    file.write('email,name,password_hash,source,created_at\n');
    for (let index = 0; index < USERS; index += 1) {
      // Salt and digest end in a character whose unused bits are zero, as in any hash that can be matched.
      const hash = `$2b$10$${String(index).padStart(52, '.')}.`;
      file.write(`user${index}@example.com,"Person, ${index}",${hash},web,2020-01-01T00:00:00Z\n`);
    }
    file.end();
    await once(file, 'close');
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await database.drop();
  });

  function start() {
    const args = ['--import', PEAK, CLI, 'users', 'import', join(folder, 'users.csv'), '--json'];
    const child = spawn(...nodeCommand(...args), {
      env: cleanEnvironment({ DATABASE_URL: database.url }),
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    return { child, output, ended: once(child, 'close') };
  }

  const count = async () =>
    (await database.query<{ count: number }>('SELECT count(*)::int AS count FROM users'))[0]
      ?.count ?? 0;

  it('survives kill -9: after a second run no user is missing or duplicated', async () => {
    const killed = start();
    await waitFor('a part to be in', async () => (await count()) > USERS / 5, 60_000);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const before = await count();
    expect(before).toBeLessThan(USERS);

    const started = performance.now();
    const { child, output, ended } = start();
    await ended;
    const seconds = (performance.now() - started) / 1000;
    expect(child.exitCode).toBe(0);
    const summary = JSON.parse(output.stdout) as { imported: number; skipped: number };
    expect(summary).toMatchObject({ read: USERS, rejected: 0 });
    expect(summary.imported + summary.skipped).toBe(USERS);
    const figures = await database.query(
      `SELECT count(*)::int AS users, count(DISTINCT lower(email))::int AS addresses,
              (SELECT count(DISTINCT target_id)::int FROM audit_log WHERE action = 'user.created') AS recorded
         FROM users`,
    );
    expect(figures).toEqual([{ users: USERS, addresses: USERS, recorded: USERS }]);
    const peak = Number(/peak (\d+)/.exec(output.stderr)?.[1]) / 1024;
    process.stdout.write(
      `drill: import, ${Math.round(USERS / seconds)} lines/s with start-up (${summary.skipped} of them there already), peak ${peak.toFixed(0)} MB\n`,
    );
    expect(peak).toBeLessThan(MOST_MEGABYTES);
  }, 180_000);
});
