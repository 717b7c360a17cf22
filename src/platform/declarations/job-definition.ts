import type { z } from 'zod';

/** A kind of job: its queue, payload schema and retries. */
export interface JobDefinition<Payload = unknown> {
  /** Queue and name of the job, `[a-z0-9_]+`: a metric label and what `jobs list` shows. */
  readonly queue: string;
  readonly payload: z.ZodType<Payload>;
}

/** Retries of a failed job; after the last attempt it stays as a dead letter (`failed`). */
export interface RetryPolicy {
  /** Attempts after the first. */
  readonly retryLimit: number;
  /** Seconds before the first retry; doubled each time, with jitter. */
  readonly retryDelaySeconds: number;
  readonly retryDelayMaxSeconds: number;
  /** Seconds before the first attempt; 0 by default. */
  readonly startAfterSeconds?: number;
}

/** Declares a job; the function exists so that handlers and senders are typed by the schema. */
export function defineJob<Payload>(definition: JobDefinition<Payload>): JobDefinition<Payload> {
  return definition;
}
