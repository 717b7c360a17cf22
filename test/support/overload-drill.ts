import { createUser, PASSWORD, startReady } from './accounts.js';
import { putLoad } from './load.js';
import type { LoadOutcome } from './load-generator.js';
import { createTestDatabase } from './test-database.js';

const USERS = 20;
/** Enough to keep all threads at work. */
const PEAK_CLIENTS = 6;
const OVERLOAD = 3;

export interface OverloadFigures {
  /** Sign-ins a second that succeed, with as many clients as capacity takes. */
  readonly peak: number;
  readonly overload: LoadOutcome;
  readonly after: LoadOutcome;
  /** Successful work under overload, in parts of the peak before and after it. */
  readonly ratio: number;
}

/**
 * Sign-ins at three times capacity: the peak is measured in a closed loop, then three times as many
 * are sent whatever comes back, then the peak once more at once.
 * @param seconds of each measurement.
 */
export async function overload(
  seconds: number,
  env: Readonly<Record<string, string>> = {},
): Promise<OverloadFigures> {
  const database = await createTestDatabase();
  const service = await startReady({
    DATABASE_URL: database.url,
    EMAIL_SERVICE_URL: 'log:',
    JOBS_IN_API: 'false',
    ...env,
  });
  try {
    const users = [];
    for (let count = 0; count < USERS; count += 1) users.push(await createUser(service));
    const requests = users.map(({ email }) => ({
      method: 'POST',
      path: '/auth/login',
      body: { email, password: PASSWORD },
    }));
    const closed = { seconds, clients: PEAK_CLIENTS };
    const { url } = service;
    const [, before] = await putLoad({
      url,
      requests,
      phases: [{ ...closed, seconds: 1 }, closed],
    });
    const peak = before?.perSecond.ok ?? 0;
    const [during, after] = await putLoad({
      url,
      requests,
      phases: [{ seconds, rate: OVERLOAD * peak }, closed],
    });
    if (!during || !after) throw new Error('the load generator left out a phase');
    return {
      peak,
      overload: during,
      after,
      ratio: during.perSecond.ok / ((peak + after.perSecond.ok) / 2),
    };
  } finally {
    await service.stop();
    await database.drop();
  }
}

/** The figures in one line. */
export function describeOverload({
  peak,
  overload: during,
  after,
  ratio,
}: OverloadFigures): string {
  const whole = (value: number) => value.toFixed(0);
  return (
    `peak ${whole(peak)} sign-ins/s; at three times that ${whole(during.perSecond.ok)}/s succeed ` +
    `(${whole(ratio * 100)} % of the peak around it) in p50 ${whole(during.ok.p50)} ms, p99 ${whole(during.ok.p99)} ms, ` +
    `${whole(during.perSecond.refused)}/s refused in p50 ${whole(during.refused.p50)} ms, p99 ${whole(during.refused.p99)} ms; ` +
    `probes p99 ${whole(during.probes.p99)} ms; ` +
    `first success after it in ${whole(after.firstOkMs)} ms, then ${whole(after.perSecond.ok)}/s`
  );
}
