/**
 * Whether answers tell by their time what they do not say: 300 samples of each kind, in turn, so
 * that noise of the machine falls on all alike. Fails when two medians are more than 10 % apart, and for an answer
 * that is not that of its group.
 * Run: npm run bench:refusals -- [samples] [group…]
 */
import { Pool } from 'pg';

import { cli } from '../support/cli.js';
import type { Answer } from '../support/caller.js';
import { startMailService } from '../support/mail-service.js';
import { startOidcServer } from '../support/oidc-server.js';
import { startTestPostgres } from '../support/postgres.js';
import { PASSKEY_SETTINGS } from '../support/passkeys.js';
import { testApi } from '../support/test-api.js';
import { median } from './harness/statistics.js';
import type { Bench, Kind } from './refusals/bench.js';
import { exchangeKinds } from './refusals/exchanges.js';
import { factorKinds } from './refusals/factors.js';
import { challengeKinds, passkeyKinds } from './refusals/passkeys.js';
import { passwordKinds } from './refusals/passwords.js';
import {
  invitationKinds,
  loginTokenKinds,
  mailedTokenKinds,
  mailKinds,
  refreshTokenKinds,
  resetTokenKinds,
} from './refusals/tokens.js';

const LIMIT = 0.1;

/** Answers that cannot be told apart. */
interface Group {
  /** Status and problem code of each of them. */
  readonly answer: string;
  readonly kinds: (bench: Bench) => Promise<Kind[]>;
}

const WRONG = '401 auth.invalid-credentials';
const OVER = '400 auth.invalid-token';
const SENT = '202';

const groups: Readonly<Record<string, Group>> = {
  password: { answer: WRONG, kinds: passwordKinds },
  factor: { answer: WRONG, kinds: factorKinds },
  passkey: { answer: WRONG, kinds: passkeyKinds },
  challenge: { answer: OVER, kinds: challengeKinds },
  'login-token': { answer: OVER, kinds: loginTokenKinds },
  'verify-email': { answer: OVER, kinds: (bench) => mailedTokenKinds(bench, 'verify-email') },
  'not-me': { answer: OVER, kinds: (bench) => mailedTokenKinds(bench, 'not-me') },
  reset: { answer: OVER, kinds: resetTokenKinds },
  invitation: { answer: OVER, kinds: invitationKinds },
  refresh: { answer: WRONG, kinds: refreshTokenKinds },
  exchange: { answer: OVER, kinds: exchangeKinds },
  forgot: { answer: SENT, kinds: (bench) => mailKinds(bench, 'password/forgot') },
  resend: { answer: SENT, kinds: (bench) => mailKinds(bench, 'verify-email/resend') },
};

const [samples = '300', ...names] = process.argv.slice(2);
const server = await startTestPostgres({ version: 'embedded' });
const url = await server.createDatabase('timing');
const pool = new Pool({ connectionString: url });
const database = {
  url,
  query: async <Row extends object>(sql: string, parameters?: unknown[]) =>
    (await pool.query<Row>(sql, parameters)).rows,
  drop: () => pool.end(),
};
await cli(['migrate'], { DATABASE_URL: url });
const [mails, provider] = await Promise.all([startMailService(), startOidcServer()]);
const api = await testApi({
  ...PASSKEY_SETTINGS,
  TRUST_PROXY: '1',
  CORS_ORIGINS: 'https://app.example.com',
  OIDC_PROVIDERS: JSON.stringify([provider.settings('mock')]),
  LOCKOUT_THRESHOLD: '20',
  LOCKOUT_ACCOUNT_THRESHOLD: '1000000',
})
  .withMails(mails)
  .on(database)
  .start();
try {
  for (const [name, { answer, kinds }] of Object.entries(groups))
    if (names.length === 0 || names.includes(name))
      compare(
        name,
        await timesOf(await kinds({ api, mails, provider, samples: Number(samples) }), answer),
      );
} finally {
  await api.stop();
  await database.drop();
  await Promise.all([mails.stop(), provider.stop()]);
  await server.stop();
}

/** Milliseconds of each sample, by kind. @throws Error for another answer: its time would say nothing. */
async function timesOf(kinds: readonly Kind[], expected: string): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(kinds.map(([name]) => [name, []]));
  for (let index = 0; index < Number(samples); index += 1) {
    // Each kind follows each other one equally often.
    const first = index % kinds.length;
    for (const [name, sample] of [...kinds.slice(first), ...kinds.slice(0, first)]) {
      const started = performance.now();
      const answer = await sample(index);
      times.get(name)?.push(performance.now() - started);
      if (formOf(answer) !== expected) throw new Error(`${name}: ${formOf(answer)}`);
    }
  }
  return times;
}

/** Status and, of a refusal, problem code. */
function formOf({ status, body }: Answer<object>): string {
  return 'code' in body ? `${status} ${String(body.code)}` : String(status);
}

/** Prints the medians, and fails the run if they are too far apart. */
function compare(what: string, times: ReadonlyMap<string, number[]>): void {
  const medians = [...times].map(([name, values]) => [name, median(values)] as const);
  const values = medians.map(([, value]) => value);
  const apart = Math.max(...values) / Math.min(...values) - 1;
  const list = medians.map(([name, value]) => `${name} ${value.toFixed(2)} ms`).join(', ');
  process.stdout.write(`${what}: ${list}; spread ${(apart * 100).toFixed(1)} %\n`);
  if (apart > LIMIT) process.exitCode = 1;
}
