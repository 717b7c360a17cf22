import { Inject, Injectable } from '@nestjs/common';
import { context, propagation } from '@opentelemetry/api';
import type { PgBoss } from 'pg-boss';
import type { EntityManager } from 'typeorm';

import { inTransaction } from './boss.js';
import type { JobDefinition, RetryPolicy } from './job-definition.js';

export const BOSS = Symbol('BOSS');

/** How a job stands in the database: the payload, and the trace and baggage it was sent in. */
export interface JobEnvelope {
  readonly payload: unknown;
  readonly carrier: Record<string, string>;
}

/** Sends jobs as part of a transaction: committed with the data they are about, or not at all. */
@Injectable()
export class JobQueue {
  constructor(@Inject(BOSS) private readonly boss: PgBoss) {}

  /**
   * Checks the payload and stores the job.
   * @returns the job's id, stable over all attempts.
   * @throws ZodError when the payload does not fit the definition: a programming error.
   */
  async send<Payload>(
    manager: EntityManager,
    job: JobDefinition<Payload>,
    payload: Payload,
    retry: RetryPolicy,
  ): Promise<string> {
    const carrier: Record<string, string> = {};
    propagation.inject(context.active(), carrier);
    const envelope: JobEnvelope = { payload: job.payload.parse(payload), carrier };
    const id = await this.boss.send(job.queue, envelope, {
      db: inTransaction(manager),
      retryLimit: retry.retryLimit,
      retryDelay: retry.retryDelaySeconds,
      retryBackoff: true,
      retryDelayMax: retry.retryDelayMaxSeconds,
      ...(retry.startAfterSeconds !== undefined && { startAfter: retry.startAfterSeconds }),
    });
    if (id === null) throw new Error(`queue ${job.queue} refused a job`);
    return id;
  }
}
