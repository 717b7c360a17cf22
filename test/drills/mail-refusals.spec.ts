import { randomUUID } from 'node:crypto';

import { createUser } from '../support/accounts.js';
import type { Service } from '../support/service.js';
import { testApi } from '../support/test-api.js';
import { figure } from '../support/figure.js';
import { DRIBBLE, type SmtpServer, startSmtpServer } from '../support/smtp-server.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { waitFor } from '../support/wait-for.js';

/** Enough for a breaker that counted them to open. */
const STRANGERS = 14;
const GOOD_MAILS = 20;
/** Long beside what a good mail takes, so that waiting for one deadline shows. */
const DEADLINE_MS = 8000;

describe('an SMTP server that refuses or answers slowly', () => {
  let database: TestDatabase;
  let smtp: SmtpServer;
  let service: Service;

  beforeEach(async () => {
    [database, smtp] = await Promise.all([createTestDatabase(), startSmtpServer()]);
    service = await testApi()
      .on(database)
      .withMails(smtp)
      .with({ EMAIL_TIMEOUT_MS: String(DEADLINE_MS) })
      .start();
  });

  afterEach(async () => {
    await service?.stop();
    await smtp?.stop();
    await database?.drop();
  });

  // Without a password: the drill is about mails, and hashes cost more than all the rest.
  const signUp = async (kind: string) =>
    createUser(service, { email: `${kind}-${randomUUID()}@example.com`, password: null });

  const arrived = (email: string) => smtp.mails.some(({ to }) => to === email);

  /** Signs a user up and waits for the mail. @returns milliseconds. */
  const mailTakes = async () => {
    const started = performance.now();
    const { email } = await signUp('good');
    await waitFor('a good mail', () => arrived(email), DEADLINE_MS);
    return Math.round(performance.now() - started);
  };

  const jobs = async (where: string) =>
    database.query<{ retry_count: number; error: string }>(
      `SELECT retry_count, output ->> 'message' AS error FROM pgboss.job
        WHERE name = 'email' AND ${where}`,
    );

  it(`mails other recipients at once while it refuses ${STRANGERS} strangers`, async () => {
    smtp.answer((line) => (/^RCPT.*stranger/.test(line) ? '550 5.1.1 no such user' : undefined));
    await Promise.all(Array.from({ length: STRANGERS }, () => signUp('stranger')));
    const dead = await waitFor('dead letters', async () => {
      const failed = await jobs(`state = 'failed'`);
      return failed.length === STRANGERS && failed;
    });
    const took = await mailTakes();
    figure(`SMTP refused ${STRANGERS} strangers, a good mail took ${took} ms`);
    for (const job of dead)
      expect(job).toEqual({
        retry_count: 0,
        error: 'MailRefused: the SMTP server refused the mail: 550',
      });
    expect(smtp.commands('RCPT')).toBe(STRANGERS + 1);
    const { text } = await service.get('/metrics');
    expect(text).toContain('circuit_breaker_state{name="email"} 0');
    expect(text).toContain(`emails_total{template="welcome",result="dead"} ${STRANGERS}`);
  });

  it('mails other recipients while two sessions are tarpits, and ends those in time', async () => {
    smtp.answer((line) => (/^RCPT.*tarpit/.test(line) ? DRIBBLE : undefined));
    await Promise.all([signUp('tarpit'), signUp('tarpit')]);
    await waitFor('two sessions that hang', () => smtp.commands('RCPT') === 2);
    const started = performance.now();
    const took: number[] = [];
    while (took.length < GOOD_MAILS) took.push(await mailTakes());
    const all = performance.now() - started;
    figure(
      `two SMTP tarpits of ${DEADLINE_MS} ms: ${GOOD_MAILS} good mails, slowest ${Math.max(...took)} ms`,
    );
    // Whoever waited for a tarpit would have waited for its deadline.
    expect(Math.max(...took)).toBeLessThan(DEADLINE_MS / 2);
    const given = await waitFor(
      'both to be given up',
      async () => {
        const retried = await jobs(`output IS NOT NULL AND state <> 'completed'`);
        return retried.length === 2 && retried;
      },
      3 * DEADLINE_MS,
    );
    for (const { error } of given)
      expect(error).toBe(`CallTimedOut: no answer within ${DEADLINE_MS} ms`);
    figure(`good mails in ${Math.round(all)} ms while the tarpits held`);
  });
});
