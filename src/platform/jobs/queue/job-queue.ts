import { randomUUID } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import { context, propagation } from '@opentelemetry/api';
import type { JobInsert, PgBoss } from 'pg-boss';

import { type Write, type WriteKind, writeOf } from '../../database/transactions/write.js';
import { runningBy } from './boss.js';
import type { JobDefinition, RetryPolicy } from '../../declarations/job-definition.js';

export const BOSS = Symbol('BOSS');

/** A stored job: the payload, and the trace and baggage of its sender. */
export interface JobEnvelope<Payload = unknown> {
  readonly payload: Payload;
  readonly carrier: Record<string, string>;
}

/** A job that is not stored yet; its id is the same for all attempts. */
export type NewJob = JobInsert<JobEnvelope> & { readonly id: string };

/** Sends jobs in commits: together with their data, or not at all. */
@Injectable()
export class JobQueue {
  /** By queue. */
  private readonly kinds = new Map<string, WriteKind<NewJob>>();

  constructor(@Inject(BOSS) private readonly boss: PgBoss) {}

  /**
   * Validates the payload and creates a job with the current trace and baggage.
   * @throws ZodError for an invalid payload: a programming error.
   */
  insertion<Payload>(
    { queue, payload: schema }: JobDefinition<Payload>,
    payload: Payload,
    retry: RetryPolicy,
  ): Write<NewJob> {
    const carrier: Record<string, string> = {};
    propagation.inject(context.active(), carrier);
    return writeOf(this.kindOf(queue), {
      id: randomUUID(),
      data: { payload: schema.parse(payload), carrier },
      retryLimit: retry.retryLimit,
      retryDelay: retry.retryDelaySeconds,
      retryBackoff: true,
      retryDelayMax: retry.retryDelayMaxSeconds,
      ...(retry.startAfterSeconds !== undefined && { startAfter: retry.startAfterSeconds }),
    });
  }

  /**
   * pg-boss's own statement stores all or none: our queues have no policy that refuses a job, and
   * ids are random.
   */
  private kindOf(queue: string): WriteKind<NewJob> {
    let kind = this.kinds.get(queue);
    if (kind === undefined) {
      kind = {
        name: `job:${queue}`,
        last: true,
        store: async (run, jobs) => {
          const options = { db: runningBy(run), returnId: true };
          const ids = await this.boss.insert(queue, [...jobs], options);
          if (ids?.length !== jobs.length) throw new Error(`queue ${queue} refused a job`);
        },
      };
      this.kinds.set(queue, kind);
    }
    return kind;
  }
}
