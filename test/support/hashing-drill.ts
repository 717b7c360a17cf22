import { createUser, PASSWORD } from './accounts.js';
import { testApi } from './test-api.js';
import { putLoad } from './load.js';
import { createTestDatabase } from './test-database.js';

const CLIENTS = 6;

export interface HashingFigures {
  readonly signInsPerSecond: number;
  /** Milliseconds, over all of the time. */
  readonly loopDelay: { readonly p50: number; readonly p99: number };
}

/** Sign-ins that keep every thread hashing, and what the event loop is late by meanwhile. */
export async function hashAtFullRate(seconds: number): Promise<HashingFigures> {
  const database = await createTestDatabase();
  const service = await testApi().on(database).withMails('log').withoutJobs().start();
  try {
    const { email } = await createUser(service);
    const body = { email, password: PASSWORD };
    const requests = [{ method: 'POST', path: '/auth/login', body }];
    const load = (length: number) =>
      putLoad({ url: service.url, requests, phases: [{ seconds: length, clients: CLIENTS }] });
    // Threads and code are warm, and the scrape begins the measurement anew.
    await load(1);
    await service.get('/metrics');
    const [outcome] = await load(seconds);
    const { text } = await service.get('/metrics');
    const read = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    return {
      signInsPerSecond: outcome?.perSecond.ok ?? 0,
      loopDelay: {
        p50: read('nodejs_eventloop_lag_p50_seconds') * 1000,
        p99: read('nodejs_eventloop_lag_p99_seconds') * 1000,
      },
    };
  } finally {
    await service.stop();
    await database.drop();
  }
}

/** The figures in one line. */
export function describeHashing({ signInsPerSecond, loopDelay }: HashingFigures): string {
  return (
    `${signInsPerSecond.toFixed(0)} sign-ins/s, event loop late by ` +
    `p50 ${loopDelay.p50.toFixed(1)} ms, p99 ${loopDelay.p99.toFixed(1)} ms (10 ms of it the measurement)`
  );
}
