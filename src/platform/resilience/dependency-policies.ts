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

/** What the policies need from their process. */
interface Surroundings {
  readonly timeoutMs: number;
  /** Runs a call in one of the I/O slots. */
  readonly inSlot: DependencyPolicyOptions['inSlot'];
  readonly logger: Logger;
  readonly outage: Outage;
}

/**
 * HTTP calls are retried at once only if the first was certainly never sent. A call that may have
 * arrived is repeated by a job with the same `Idempotency-Key`.
 */
const overHttp = { retries: 2, isRepeatable: neverConnected } as const;

/**
 * Mail: sent by jobs, which can wait.
 * @param isFailure distinguishes failures of the service from faults of a mail.
 */
export function emailPolicy(
  { logger, ...surroundings }: Surroundings,
  isFailure: DependencyPolicyOptions['isFailure'],
): DependencyPolicy {
  return createDependencyPolicy({
    ...overHttp,
    ...noting('email', logger),
    ...surroundings,
    isFailure,
    failuresToOpen: 10,
    trialAfterMs: 5000,
  });
}

/**
 * Payments: a request waits for each. The breaker opens sooner than for mail, since each failure
 * leaves a charge with an unknown outcome.
 */
export function paymentPolicy({ logger, ...surroundings }: Surroundings): DependencyPolicy {
  return createDependencyPolicy({
    ...overHttp,
    ...noting('payment', logger),
    ...surroundings,
    isFailure: () => true,
    failuresToOpen: 5,
    trialAfterMs: 5000,
  });
}

/**
 * Redis: every request waits for it and can do without. So one failure stops calls for a second,
 * nothing is retried, and a hanging command is abandoned, since the client's time-out covers only
 * unsent commands. Its slots limit the number of hanging commands, and are no limit in normal
 * operation.
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

/**
 * The list of breached passwords: whoever sets a password waits for it, and goes without an answer
 * after 300 ms. So nothing is retried, and a call that finds no slot is refused at once. The time
 * limit leaves 50 ms for the rest of the check.
 */
export function breachPolicy(logger: Logger, outage: Outage): DependencyPolicy {
  const slots = new Bulkhead({ names: ['breach'], slots: 32, reserve: 0, queue: 0 });
  return createDependencyPolicy({
    ...noting('breach', logger),
    outage,
    isFailure: () => true,
    timeoutMs: 250,
    retries: 0,
    isRepeatable: () => false,
    inSlot: (call) => slots.execute('breach', call),
    failuresToOpen: 5,
    trialAfterMs: 5000,
  });
}

/**
 * An identity provider: whoever signs in waits for up to three calls. Each provider has slots of its
 * own, so that a hanging one holds up nobody else.
 * @param id of the provider in `OIDC_PROVIDERS`.
 */
export function providerPolicy(id: string, logger: Logger, outage: Outage): DependencyPolicy {
  const name = `oidc_${id}`;
  const slots = new Bulkhead({ names: [name], slots: 32, reserve: 0, queue: 32 });
  return createDependencyPolicy({
    ...overHttp,
    ...noting(name, logger),
    outage,
    isFailure: () => true,
    timeoutMs: 5000,
    inSlot: (call) => slots.execute(name, call),
    failuresToOpen: 5,
    trialAfterMs: 5000,
  });
}

/** Logs at DEBUG when the breaker opens and closes; the outage has separate lines. */
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
