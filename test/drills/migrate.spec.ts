import { randomBytes } from 'node:crypto';

import { Client } from 'pg';

import { cli } from '../support/cli.js';
import { figure } from '../support/figure.js';
import { itWhen } from '../support/installed.js';

const TOGETHER = 6;
const LIMIT_MS = 30_000;

/** Both servers of the test run, whichever this project of tests is for. */
describe.each(['embedded', 'system'] as const)('migrate on the %s PostgreSQL', (version) => {
  const admin = process.env[`TEST_POSTGRES_${version.toUpperCase()}`] ?? '';
  const name = `test_${randomBytes(8).toString('hex')}`;
  const onIt = itWhen(admin !== '', 'an installed PostgreSQL server');

  afterEach(() => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));

  onIt(
    'is done by one of six that start at once on an empty database, and all succeed',
    async () => {
      await onServer(`CREATE DATABASE ${name}`);
      const url = new URL(admin);
      url.pathname = `/${name}`;
      const env = { DATABASE_URL: url.href };
      const started = Date.now();
      const ended = await Promise.all(
        Array.from({ length: TOGETHER }, () => cli(['migrate', '--json'], env)),
      );
      const took = Date.now() - started;

      expect(ended.map(({ code }) => code)).toEqual(Array.from({ length: TOGETHER }, () => 0));
      // On a busy machine, long waiters log the holder.
      for (const { stderr } of ended)
        expect(stderr).toMatch(/^(.*"message":"waiting for the migration lock".*\n)*$/);
      const applied = ended.map(
        ({ stdout }) => (JSON.parse(stdout) as { applied: string[] }).applied,
      );
      const workers = applied.filter(({ length }) => length > 0);
      expect(workers).toHaveLength(1);
      const { stdout } = await cli(['migrate', '--status', '--json'], env);
      const status = JSON.parse(stdout) as { applied: string[]; pending: string[] };
      expect(status.pending).toEqual([]);
      expect(workers[0]).toEqual(expect.arrayContaining(status.applied));
      figure(
        `${TOGETHER} migrate at once, ${version} PostgreSQL: all exit 0, one applied ` +
          `${workers[0]?.length} steps, ${took} ms`,
      );
    },
    LIMIT_MS,
  );

  async function onServer(sql: string): Promise<void> {
    if (admin === '') return;
    const client = new Client({ connectionString: admin });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }
});
