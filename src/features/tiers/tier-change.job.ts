import { z } from 'zod';

import { defineJob, type RetryPolicy } from '../../platform/declarations/job-definition.js';

/** Asks again for the outcome of a charge. */
export const tierChangeJob = defineJob({
  queue: 'tier_change',
  payload: z.strictObject({ change_id: z.uuid() }),
});

/** PostgreSQL's largest integer: no attempt is the last, so the job is never a dead letter. */
const UNLIMITED_RETRIES = 2_147_483_647;

/** Time after the request's own timeout before the job asks. */
const HEAD_START_SECONDS = 2;

/**
 * Attempts of the job: the first once the request must have its answer, then at most a minute
 * apart.
 */
export function chargeRetries(timeoutMs: number): RetryPolicy {
  return {
    startAfterSeconds: Math.ceil(timeoutMs / 1000) + HEAD_START_SECONDS,
    retryLimit: UNLIMITED_RETRIES,
    retryDelaySeconds: 1,
    retryDelayMaxSeconds: 60,
  };
}
