import type { PinoLogger } from 'nestjs-pino';

import { Bulkhead } from './bulkhead.js';
import {
  createDependencyPolicy,
  type DependencyPolicy,
  type DependencyPolicyOptions,
} from './dependency-policy.js';
import { neverConnected } from './never-sent.js';

type Logger = Pick<PinoLogger, 'debug'>;
type Outage = DependencyPolicyOptions['outage'];

/** What only the process knows. */
interface Surroundings {
  readonly timeoutMs: number;
  /** Makes a call in one of the slots for I/O, of which the dependency has its share. */
  readonly inSlot: DependencyPolicyOptions['inSlot'];
  readonly logger: Logger;
  readonly outage: Outage;
}

/**
 * Calls over HTTP are repeated at once only where the first certainly never left. What may have
 * arrived is for a job to repeat, minutes or hours long and with the same `Idempotency-Key`.
 */
const overHttp = { retries: 2, isRepeatable: neverConnected } as const;

/**
 * Mail: sent by jobs, which can wait.
 * @param isFailure tells failures of the service from faults of a mail.
 */
export function emailPolicy(
  { timeoutMs, inSlot, logger, outage }: Surroundings,
  isFailure: DependencyPolicyOptions['isFailure'],
): DependencyPolicy {
  return createDependencyPolicy({
    ...overHttp,
    ...noting('email', logger),
    isFailure,
    timeoutMs,
    inSlot,
    outage,
    failuresToOpen: 10,
    trialAfterMs: 5000,
  });
}

/**
 * Payments: a request waits for each. It opens sooner than mail, since each failure leaves a charge
 * in doubt.
 */
export function paymentPolicy({
  timeoutMs,
  inSlot,
  logger,
  outage,
}: Surroundings): DependencyPolicy {
  return createDependencyPolicy({
    ...overHttp,
    ...noting('payment', logger),
    isFailure: () => true,
    timeoutMs,
    inSlot,
    outage,
    failuresToOpen: 5,
    trialAfterMs: 5000,
  });
}

/**
 * Redis: every request waits for it and can do without. So one failure is enough to leave it alone
 * for a second, nothing is repeated, and a command that hangs is abandoned: the client gives up
 * only on those it has not sent yet. The slots, its own, bound what piles up in that time; there is
 * one connection, so they are no limit in ordinary times.
 */
export function redisPolicy(logger: Logger, outage: Outage, timeoutMs = 200): DependencyPolicy {
  const slots = new Bulkhead({ names: ['redis'], slots: 1000, reserve: 0, queue: 0 });
  return createDependencyPolicy({
    ...noting('redis', logger),
    outage,
    isFailure: () => true,
    timeoutMs,
    retries: 0,
    isRepeatable: () => false,
    inSlot: (call) => slots.execute('redis', call),
    failuresToOpen: 1,
    trialAfterMs: 1000,
  });
}

/** Logs at DEBUG when the breaker opens and closes; the outage has lines of its own. */
function noting(name: string, logger: Logger) {
  let known = 'closed';
  return {
    name,
    onChange: (state: string) => {
      if (state === 'half-open' || state === known) return;
      known = state;
      logger.debug({ dependency: name, state }, 'circuit breaker changed');
    },
  };
}
