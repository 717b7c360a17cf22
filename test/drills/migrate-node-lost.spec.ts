import { Client } from 'pg';

import { startCli } from '../support/cli.js';
import { figure } from '../support/figure.js';
import { describeInOwnNetwork } from '../support/installed.js';
import { createNetworkNamespace, type NetworkNamespace } from '../support/network-namespace.js';
import { startTestPostgres, type TestPostgres } from '../support/postgres.js';
import { waitFor } from '../support/wait-for.js';

/** Keepalives of the server, 10 s and three times 5 s, and what a busy machine adds. */
const FREE_MS = 45_000;
const DRILL_MS = 120_000;

describeInOwnNetwork('a node that is lost during migrate', () => {
  let network: NetworkNamespace;
  let postgres: TestPostgres;
  let blocker: Client;

  beforeAll(async () => {
    network = createNetworkNamespace();
    postgres = await startTestPostgres({
      version: 'embedded',
      tcp: true,
      network: network.hostAddress,
    });
    blocker = new Client({ connectionString: await postgres.createDatabase('users') });
    await blocker.connect();
  });

  afterAll(async () => {
    await blocker?.end();
    await postgres?.stop();
    network?.remove();
  });

  it(
    'keeps the lock for seconds, and waiting processes log the holder',
    async () => {
      const local = String(postgres.tcpUrl).replace('/postgres?', '/users?');
      const away = local.replace('127.0.0.1', network.hostAddress);
      // Its first statement waits for this one, under the lock.
      await blocker.query('BEGIN; CREATE TABLE migrations ()');
      const lost = startCli(
        ['migrate'],
        { DATABASE_URL: away },
        undefined,
        undefined,
        network.command,
      );
      const holder = async () => {
        const { rows } = await blocker.query<{ pid: number }>(
          `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted`,
        );
        return rows[0]?.pid;
      };
      const sessionsAreOver = async () => {
        // In a transaction, the view would show its first state again.
        await blocker.query('SELECT pg_stat_clear_snapshot()');
        const { rows } = await blocker.query(
          'SELECT FROM pg_stat_activity WHERE client_addr = $1',
          [network.address],
        );
        return rows.length === 0;
      };
      const pid = await waitFor('the lock to be taken', holder);
      network.blackHole(Number(new URL(local).port));
      const since = performance.now();
      lost.process.kill('SIGKILL');
      const next = startCli(['migrate', '--json'], { DATABASE_URL: local });
      await waitFor(
        'the lost node to lose the lock',
        async () => (await holder()) !== pid,
        FREE_MS,
      );
      figure(`lock of a lost node was free after ${Math.round(performance.now() - since)} ms`);
      // Its other connection waits for the blocker too, and would create the table in its place.
      await waitFor('the lost node to lose its other connection', sessionsAreOver, FREE_MS);
      await blocker.query('ROLLBACK');
      const { code, stdout, stderr } = await next.finished;
      expect(code).toBe(0);
      expect((JSON.parse(stdout) as { applied: string[] }).applied).not.toEqual([]);
      expect(stderr).toContain('waiting for the migration lock');
      expect(stderr).toContain(
        `"holder":"pid ${pid}, user-api-migrate, ${network.address}, since 20`,
      );
    },
    DRILL_MS,
  );
});
