import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { CarefulClient, ClientRecord, type Life } from '../support/careful-client.js';
import { FLAWLESS, judge, type Stored } from '../support/chaos-verdict.js';
import { Phoenix } from '../support/crash-drill.js';
import { sized } from '../support/drill-length.js';
import { figure } from '../support/figure.js';
import { describeOnRedis } from '../support/installed.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { fickle, type PaymentServer, startPaymentServer } from '../support/payment-service.js';
import { startTestPostgres, TEMPLATE, type TestPostgres } from '../support/postgres.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import { drillSeed, type SeededRandom, seededRandom } from '../support/seeded-random.js';
import { type Service, startService } from '../support/service.js';
import { execute } from '../support/execute.js';
import { waitFor } from '../support/wait-for.js';

const SECONDS = sized(8, 180);
const CLIENTS = 8;
/** People think, and processes that start need some of the processor. */
const THINKING_MS = 200;
/** Between two kills, and for how long a killed server stays away, in milliseconds. */
const PAUSE_MS = [500, 3000] as const;
const AWAY_MS = [100, 2000] as const;
/** A killed process's jobs wait for their heartbeat (10 s), those of a payment up to a minute. */
const REST_MS = 150_000;
/** A killed process holds the keys of its requests for a minute. */
const KEYS_FREE_MS = 120_000;
const DRILL_MS = 600_000;

describeOnRedis('kill -9 of everything at random under mixed load', () => {
  const seed = drillSeed();
  const random = seededRandom(seed);
  const record = new ClientRecord();
  const processes: Service[] = [];
  const kills = new Map<string, number>();
  let postgres: TestPostgres;
  let redis: RedisServer;
  let mail: MailService;
  let payment: PaymentServer;
  let apis: Phoenix[] = [];
  let worker: Phoenix;
  let url: string;

  beforeAll(async () => {
    [postgres, redis, mail, payment] = await Promise.all([
      startTestPostgres({ version: 'embedded', keepsCommits: true }),
      startRedis(),
      startMailService(),
      startPaymentServer(),
    ]);
    url = await postgres.createDatabase('users', TEMPLATE);
    payment.behave(fickle(payment.charges, random.fork()));
    apis = [launch('main'), launch('main')];
    worker = launch('worker');
    await Promise.all([...apis, worker].map((phoenix) => phoenix.service()));
  }, DRILL_MS);

  afterAll(async () => {
    for (const { process } of processes) process.kill('SIGKILL');
    await Promise.all([postgres?.stop(), redis?.stop(), mail?.stop(), payment?.close()]);
  });

  function launch(entry: 'main' | 'worker'): Phoenix {
    return new Phoenix(async () => {
      const service = await startService(
        {
          DATABASE_URL: url,
          REDIS_URL: redis.url,
          EMAIL_SERVICE_URL: mail.url,
          PAYMENT_SERVICE_URL: payment.url,
          PAYMENT_TIMEOUT_MS: '500',
          // Counted, in Redis, and never reached.
          RATE_LIMIT_REQUESTS: '1000000',
          RATE_LIMIT_LOGINS: '1000000',
          RATE_LIMIT_SIGNUPS: '1000000',
          NODE_OPTIONS: `--import=${join(import.meta.dirname, '../support/kill-thread.mjs')}`,
        },
        { entry },
      );
      processes.push(service);
      return service;
    });
  }

  /** Each kind of victim in turn, in a new order each round. @returns when the last one is back. */
  async function strike(chaos: SeededRandom): Promise<void> {
    const away = () => delay(chaos.between(...AWAY_MS));
    const victims: Record<string, () => Promise<unknown>> = {
      API: () => chaos.pick(apis).crash(),
      worker: () => worker.crash(),
      thread: async () => chaos.pick(apis).up?.process.kill('SIGUSR2'),
      PostgreSQL: async () => {
        postgres.kill();
        await away();
        await postgres.restart();
      },
      Redis: async () => {
        await redis.kill();
        await away();
        await redis.restart();
      },
    };
    const back: Promise<unknown>[] = [];
    for (const end = Date.now() + SECONDS * 1000; Date.now() < end;) {
      for (const victim of chaos.shuffle(Object.keys(victims))) {
        await delay(chaos.between(...PAUSE_MS));
        kills.set(victim, (kills.get(victim) ?? 0) + 1);
        const wounded = victims[victim]?.();
        // A server that is down cannot be killed again; a process can, as soon as it is back.
        if (victim === 'PostgreSQL' || victim === 'Redis') await wounded;
        else back.push(wounded ?? Promise.resolve());
      }
    }
    await Promise.all(back);
  }

  async function toRest(): Promise<void> {
    await waitFor(
      'no job and no tier change to be open',
      async () => {
        const open = await execute<{ what: string }>(
          url,
          `SELECT name || ' ' || state AS what FROM pgboss.job
            WHERE name IN ('email', 'tier_change') AND state <> 'completed'
           UNION ALL SELECT 'tier change ' || id FROM tier_changes WHERE status = 'pending'`,
        );
        if (open.length > 0) throw new Error(open.map(({ what }) => what).join(', '));
        return true;
      },
      REST_MS,
      200,
    );
  }

  async function stored(): Promise<Stored> {
    const [users, tierChanges, mailJobs] = await Promise.all([
      execute<Stored['users'][number]>(
        url,
        'SELECT id, email, tier, deleted_at IS NOT NULL AS deleted FROM users',
      ),
      execute<Stored['tierChanges'][number]>(
        url,
        'SELECT id, user_id, to_tier, status FROM tier_changes ORDER BY id',
      ),
      execute<Stored['mailJobs'][number]>(
        url,
        `SELECT id, data -> 'payload' ->> 'user_id' AS user_id FROM pgboss.job WHERE name = 'email'`,
      ),
    ]);
    return { users, tierChanges, mailJobs };
  }

  it(
    `keeps everything it confirmed (DRILL_SEED=${seed})`,
    async () => {
      figure(`chaos with DRILL_SEED=${seed}`);
      const end = new AbortController();
      const clients = Array.from(
        { length: CLIENTS },
        () => new CarefulClient(apis, random.fork(), record, THINKING_MS),
      );
      const running = Promise.all(clients.map((client) => client.run(end.signal)));
      try {
        await strike(random.fork());
      } finally {
        end.abort();
        await running;
      }
      await Promise.all([...apis, worker].map((phoenix) => phoenix.service()));

      const [client] = clients as [CarefulClient];
      const unanswered = record.lives.filter(({ id }) => id === undefined);
      if (sized(false, true)) await learn(client, unanswered);
      const resting = Date.now();
      await toRest();
      const restMs = Date.now() - resting;
      const verdict = judge(record.lives, await stored(), mail.deliveries, payment.charges);
      const living = record.lives.filter(
        ({ deletion, refreshToken }) => deletion === 'none' && refreshToken !== undefined,
      );
      for (const life of living) await client.refresh(life);
      for (const life of living.slice(-sized(10, 100))) await client.signIn(life);
      report(restMs, living.length);
      expect(errors()).toEqual([]);
      expect(record.faults).toEqual([]);
      expect(verdict).toEqual(FLAWLESS);
    },
    DRILL_MS,
  );

  /** Whoever was told that the key is in flight, since its holder was killed, learns more a minute later. */
  async function learn(client: CarefulClient, unanswered: readonly Life[]): Promise<void> {
    await waitFor(
      'the keys of killed processes to be free',
      async () => {
        const open = unanswered.filter(({ id }) => id === undefined);
        await Promise.all(open.map((life) => client.signUp(life)));
        return open.length === 0;
      },
      KEYS_FREE_MS,
      1000,
    );
  }

  /** Unexpected errors of a process, such as 500 answers. */
  function errors(): unknown[] {
    return processes.flatMap(({ logs }) =>
      logs.filter(({ level }) => level === 'ERROR' || level === 'FATAL'),
    );
  }

  function report(restMs: number, sessions: number): void {
    const confirmed = record.lives.filter(({ id }) => id !== undefined).length;
    const threads = processes.flatMap(({ output }) => output().match(/thread killed/g) ?? []);
    const copies = Map.groupBy(mail.deliveries, ({ key }) => key);
    const list = (counts: ReadonlyMap<string, number>) =>
      [...counts]
        .map(([name, count]) => `${name} ${count}`)
        .toSorted()
        .join(', ');
    figure(
      `kill -9 with DRILL_SEED=${seed}: ${list(kills)} (${threads.length} threads ended); ` +
        `${confirmed} users confirmed; answers: ${list(record.answers)}; ` +
        `${payment.charges.size} charges in ${payment.asks.length} asks; ${copies.size} mails in ` +
        `${mail.deliveries.length} deliveries, at most ${Math.max(...[...copies.values()].map(({ length }) => length))} of one; ` +
        `at rest after ${restMs} ms; ${sessions} sessions go on; faults: ${record.faults.length}`,
    );
  }
});
