import { Inject, Injectable } from '@nestjs/common';
import { context, propagation } from '@opentelemetry/api';
import type { JobInsert, PgBoss } from 'pg-boss';
import type { EntityManager } from 'typeorm';

import { runIn } from '../database/statements/prepared.js';
import type { RunStatement } from '../database/statements/statement.js';
import { runningBy } from './boss.js';
import type { JobDefinition, RetryPolicy } from './job-definition.js';

export const BOSS = Symbol('BOSS');

/** How a job stands in the database: the payload, and the trace and baggage it was sent in. */
export interface JobEnvelope<Payload = unknown> {
  readonly payload: Payload;
  readonly carrier: Record<string, string>;
}

/** A job that is not stored yet. */
export type NewJob<Payload = unknown> = JobInsert<JobEnvelope<Payload>>;

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
    definition: JobDefinition<Payload>,
    payload: Payload,
    retry: RetryPolicy,
  ): Promise<string> {
    const [id] = await this.insert(runIn(manager), definition, [
      this.job(definition, payload, retry),
    ]);
    return id as string;
  }

  /**
   * Checks the payload and makes a job of it, which carries the current trace and baggage.
   * @throws ZodError when the payload does not fit the definition: a programming error.
   */
  job<Payload>(
    definition: JobDefinition<Payload>,
    payload: Payload,
    retry: RetryPolicy,
  ): NewJob<Payload> {
    const carrier: Record<string, string> = {};
    propagation.inject(context.active(), carrier);
    return {
      data: { payload: definition.payload.parse(payload), carrier },
      retryLimit: retry.retryLimit,
      retryDelay: retry.retryDelaySeconds,
      retryBackoff: true,
      retryDelayMax: retry.retryDelayMaxSeconds,
      ...(retry.startAfterSeconds !== undefined && { startAfter: retry.startAfterSeconds }),
    };
  }

  /**
   * Stores jobs made before, all or none: our queues have no policy that refuses one, and ids are random.
   * @param run is given one statement, and may add others to it. @returns the ids of the jobs.
   */
  async insert<Payload>(
    run: RunStatement,
    { queue }: JobDefinition<Payload>,
    jobs: readonly NewJob<Payload>[],
  ): Promise<string[]> {
    const ids = await this.boss.insert(queue, [...jobs], {
      db: runningBy(run),
      returnId: true,
    });
    if (ids?.length !== jobs.length) throw new Error(`queue ${queue} refused a job`);
    return ids;
  }
}
