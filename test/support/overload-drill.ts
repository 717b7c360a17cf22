import { createUser, PASSWORD } from './accounts.js';
import { startReady } from './ready.js';
import { putLoad } from './load.js';
import type { LoadOutcome, Percentiles } from './load-generator.js';
import { createTestDatabase } from './test-database.js';

const USERS = 20;
/** Enough to keep all threads at work. */
const PEAK_CLIENTS = 6;
const OVERLOAD = 3;

export interface OverloadFigures {
  /** Sign-ins a second that succeed with as many clients as capacity takes. */
  readonly peak: number;
  /** Those that succeed at three times as many, and their share of the peak. */
  readonly succeeded: number;
  readonly ratio: number;
  readonly refused: number;
  /** Milliseconds, each the median of the rounds: at times others have the processor. */
  readonly ok: Percentiles;
  readonly refusal: Percentiles;
  readonly probe: Percentiles;
  /** From the end of the overload to the next success. */
  readonly recoveryMs: number;
  /** All there were under overload. */
  readonly statuses: readonly string[];
  readonly probeStatuses: readonly number[];
}

/**
 * Sign-ins at capacity and at three times that, in turns, so that both meet the same machine: in a
 * closed loop, then as an open one of three times what that reached, and so on.
 * @param seconds of each turn.
 */
export async function overload(
  rounds: number,
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
    const turns = Array.from({ length: rounds }, () => [closed, { seconds, times: OVERLOAD }]);
    const phases = [{ ...closed, seconds: 1 }, ...turns.flat(), closed];
    const [, ...outcomes] = await putLoad({ url: service.url, requests, phases });
    return figures(
      outcomes.filter((_, index) => index % 2 === 0),
      outcomes.filter((_, index) => index % 2 === 1),
    );
  } finally {
    await service.stop();
    await database.drop();
  }
}

function figures(
  capacity: readonly LoadOutcome[],
  overloaded: readonly LoadOutcome[],
): OverloadFigures {
  const percentiles = (of: (outcome: LoadOutcome) => Percentiles): Percentiles => ({
    p50: median(overloaded.map((outcome) => of(outcome).p50)),
    p99: median(overloaded.map((outcome) => of(outcome).p99)),
    max: Math.max(...overloaded.map((outcome) => of(outcome).max)),
  });
  const peak = mean(capacity.map(({ perSecond }) => perSecond.ok));
  const succeeded = mean(overloaded.map(({ perSecond }) => perSecond.ok));
  return {
    peak,
    succeeded,
    ratio: succeeded / peak,
    refused: mean(overloaded.map(({ perSecond }) => perSecond.refused)),
    ok: percentiles(({ ok }) => ok),
    refusal: percentiles(({ refused }) => refused),
    probe: percentiles(({ probes }) => probes),
    recoveryMs: median(capacity.slice(1).map(({ firstOkMs }) => firstOkMs)),
    statuses: [...new Set(overloaded.flatMap(({ statuses }) => Object.keys(statuses)))].toSorted(),
    probeStatuses: [...new Set(overloaded.flatMap(({ probeStatuses }) => probeStatuses))],
  };
}

/** The figures in one line. */
export function describeOverload(all: OverloadFigures): string {
  const whole = (value: number) => value.toFixed(0);
  const times = ({ p50, p99 }: Percentiles) => `p50 ${whole(p50)} ms, p99 ${whole(p99)} ms`;
  return (
    `peak ${whole(all.peak)} sign-ins/s; at three times that ${whole(all.succeeded)}/s succeed ` +
    `(${whole(all.ratio * 100)} % of the peak) in ${times(all.ok)}, ` +
    `${whole(all.refused)}/s refused in ${times(all.refusal)}; probes ${times(all.probe)}; ` +
    `next success after it in ${whole(all.recoveryMs)} ms`
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
