/**
 * Whether answers tell by their time what they do not say: 300 samples of each kind, in turn, so
 * that noise of the machine falls on all alike. Fails when two medians are more than 10 % apart.
 * Run: node --import ./scripts/ts-hooks.mjs test/bench/auth-timing.ts [samples]
 */
import { Client } from 'pg';

import { createUser, login } from '../support/accounts.js';
import { startReady } from '../support/ready.js';
import type { Service } from '../support/service.js';
import { startTestPostgres } from '../support/postgres.js';
import { cli } from '../support/cli.js';

const SAMPLES = Number(process.argv[2] ?? 300);
const LIMIT = 0.1;
const WRONG = 'not-the-password-at-all';

type Kind = [name: string, sample: (index: number) => Promise<unknown>];

const server = await startTestPostgres({ version: 'embedded' });
const url = await server.createDatabase('timing');
await cli(['migrate'], { DATABASE_URL: url });
const service = await startReady({
  DATABASE_URL: url,
  EMAIL_SERVICE_URL: 'log:',
  TRUST_PROXY: '1',
  LOCKOUT_ACCOUNT_THRESHOLD: '1000000',
});
try {
  const ok = [await compare('login', await loginKinds(service))];
  for (const path of ['password/forgot', 'verify-email/resend'])
    ok.push(await compare(path, await mailKinds(service, path)));
  process.exitCode = ok.every(Boolean) ? 0 : 1;
} finally {
  await service.stop();
  await server.stop();
}

async function execute(sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function loginKinds(api: Service): Promise<Kind[]> {
  const wrong = await createUser(api);
  const suspended = await createUser(api);
  await api.patch(
    `/users/${suspended.id}`,
    { status: 'suspended' },
    { 'x-api-key': 'test-api-key-of-more-than-32-bytes!!' },
  );
  const locked = await createUser(api);
  const from = (address: string) => ({ 'x-forwarded-for': address });
  for (let index = 0; index < 25; index += 1)
    await login(api, locked.email, WRONG, from('198.51.100.1'));
  // Failures of the future: the lock outlasts the measurement.
  await execute(`UPDATE sign_in_failures SET last_at = last_at + interval '1 hour'`);
  // Each from a source of its own, so that no delay sets in; the locked one from its own.
  const fresh = (index: number) => from(`10.0.${index >> 8}.${index & 255}`);
  return [
    ['unknown', (index) => login(api, `nobody${index}@example.com`, WRONG, fresh(index))],
    ['wrong', (index) => login(api, wrong.email, WRONG, fresh(index))],
    ['suspended', (index) => login(api, suspended.email, undefined, fresh(index))],
    ['locked', () => login(api, locked.email, undefined, from('198.51.100.1'))],
  ];
}

async function mailKinds(api: Service, path: string): Promise<Kind[]> {
  const { email } = await createUser(api);
  const ask = (address: string) => () => api.post(`/auth/${path}`, { email: address });
  return [
    ['existing', ask(email)],
    ['missing', ask('nobody@example.com')],
  ];
}

async function compare(what: string, kinds: Kind[]): Promise<boolean> {
  const times = new Map<string, number[]>(kinds.map(([name]) => [name, []]));
  for (let index = 0; index < SAMPLES; index += 1) {
    // Each kind follows each other one equally often.
    const first = index % kinds.length;
    for (const [name, sample] of [...kinds.slice(first), ...kinds.slice(0, first)]) {
      const started = performance.now();
      await sample(index);
      times.get(name)?.push(performance.now() - started);
    }
  }
  const medians = [...times].map(([name, values]) => [name, median(values)] as const);
  const values = medians.map(([, value]) => value);
  const spread = Math.max(...values) / Math.min(...values) - 1;
  const list = medians.map(([name, value]) => `${name} ${value.toFixed(2)} ms`).join(', ');
  process.stdout.write(`${what}: ${list}; spread ${(spread * 100).toFixed(1)} %\n`);
  return spread <= LIMIT;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
