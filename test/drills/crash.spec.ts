import {
  atDeliveries,
  byRecipient,
  type CreatedUser,
  createUsers,
  Phoenix,
} from '../support/crash-drill.js';
import { figure } from '../support/figure.js';
import { type MailService, startMailService } from '../support/mail-service.js';
import { startService } from '../support/service.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

const USERS = 1000;
const CRASHES = [250, 500, 750] as const;
/** The expected log lines after success. */
const FLAWLESS = {
  crashes: CRASHES.length,
  confirmed: USERS,
  confirmedButNotStored: 0,
  usersWithoutJob: 0,
  jobsWithoutUser: 0,
  mailsToNobody: 0,
  mailsWithoutItsJobAsKey: 0,
  mailsSentTooOften: 0,
};
/** A killed process's jobs are given to another one when their heartbeat (10 s) runs out. */
const REDELIVERY_MS = 40_000;

describe('a process that is killed and started again', () => {
  let database: TestDatabase;
  let mail: MailService;
  let phoenixes: Phoenix[];

  beforeEach(async () => {
    database = await createTestDatabase();
    mail = await startMailService();
    phoenixes = [];
  });

  afterEach(async () => {
    for (const phoenix of phoenixes) await (await phoenix.service()).kill();
    await mail.stop();
    await database.drop();
  });

  it('keeps every confirmed user and delivers every mail, as the API', async () => {
    const api = launch('main');
    const crashes: Promise<unknown>[] = [];
    const crash = () => crashes.push(api.crash());
    // One kill between delivery and completion, two while users are being committed.
    atDeliveries(mail, [CRASHES[1]], crash);
    const started = Date.now();
    const created = await createUsers(api, USERS, (count) => {
      if (count === CRASHES[0] || count === CRASHES[2]) crash();
    });
    const createdMs = Date.now() - started;
    const verdict = await judge('API', created, api, createdMs, () => Promise.all(crashes));
    expect(verdict).toEqual(FLAWLESS);
  }, 90_000);

  it('delivers every mail, as the worker', async () => {
    const api = launch('main', { JOBS_IN_API: 'false' });
    const worker = launch('worker');
    const crashes: Promise<unknown>[] = [];
    atDeliveries(mail, CRASHES, () => crashes.push(worker.crash()));
    const started = Date.now();
    const created = await createUsers(api, USERS);
    const createdMs = Date.now() - started;
    const verdict = await judge('worker', created, worker, createdMs, () => Promise.all(crashes));
    expect(verdict).toEqual(FLAWLESS);
  }, 90_000);

  function launch(entry: 'main' | 'worker', env: Readonly<Record<string, string>> = {}): Phoenix {
    const phoenix = new Phoenix(() =>
      startService({ DATABASE_URL: database.url, EMAIL_SERVICE_URL: mail.url, ...env }, { entry }),
    );
    phoenixes.push(phoenix);
    return phoenix;
  }

  async function judge(
    what: string,
    created: readonly CreatedUser[],
    victim: Phoenix,
    createdMs: number,
    crashed: () => Promise<unknown>,
  ): Promise<Record<keyof typeof FLAWLESS, number>> {
    const stored = await database.query<CreatedUser>('SELECT id, email FROM users');
    const waiting = Date.now();
    await waitFor(
      'a mail to every user',
      () => {
        const received = byRecipient(mail.deliveries);
        return stored.every(({ email }) => received.has(email));
      },
      REDELIVERY_MS,
    );
    const caughtUpMs = Date.now() - waiting;
    await crashed();
    await waitFor(
      'all jobs to be completed',
      async () => {
        const open = await database.query(
          `SELECT 1 FROM pgboss.job WHERE name = 'email' AND state <> 'completed' LIMIT 1`,
        );
        return open.length === 0;
      },
      REDELIVERY_MS,
    );

    const jobs = await database.query<{ id: string; user_id: string }>(
      `SELECT id, data -> 'payload' ->> 'user_id' AS user_id FROM pgboss.job WHERE name = 'email'`,
    );
    const jobOf = new Map(jobs.map(({ id, user_id }) => [user_id, id]));
    const emailOf = new Map(stored.map(({ id, email }) => [id, email]));
    const received = byRecipient(mail.deliveries);
    const mails = stored.map(({ id, email }) => ({
      job: jobOf.get(id),
      keys: (received.get(email) ?? []).map(({ key }) => key),
    }));
    const most = Math.max(...mails.map(({ keys }) => keys.length));
    figure(
      `${what} killed ${victim.crashes} times: ${created.length} users confirmed, ${stored.length} stored; ` +
        `${mail.deliveries.length} deliveries of ${received.size} mails, at most ${most} of one; ` +
        `created in ${createdMs} ms, last mail ${caughtUpMs} ms later`,
    );
    return {
      crashes: victim.crashes,
      confirmed: created.length,
      confirmedButNotStored: created.filter(({ id, email }) => emailOf.get(id) !== email).length,
      usersWithoutJob: mails.filter(({ job }) => job === undefined).length,
      jobsWithoutUser: jobs.length - stored.length,
      mailsToNobody: received.size - stored.length,
      mailsWithoutItsJobAsKey: mails.filter(({ job, keys }) => keys.some((key) => key !== job))
        .length,
      mailsSentTooOften: mails.filter(({ keys }) => keys.length > 1 + CRASHES.length).length,
    };
  }
});
