import { Injectable } from '@nestjs/common';
import { z } from 'zod';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import { Database } from '../../../platform/database/database.js';
import { defineJob } from '../../../platform/declarations/job-definition.js';
import { EventStore } from '../../../platform/events/outbox/event-store.js';
import { JobHandler, type JobInfo } from '../../../platform/jobs/consumer/job-handler.decorator.js';
import { JobQueue } from '../../../platform/jobs/queue/job-queue.js';
import { Webhooks } from '../management/webhooks.service.js';
import { EVERY_TYPE } from '../management/webhooks.schemas.js';
import { FanOut } from './fan-out.js';

const payload = z.strictObject({
  webhook_id: z.uuid(),
  since: z.iso.datetime(),
  /** Later events are not of the past. */
  until: z.iso.datetime(),
  /** All where it is absent. */
  types: z.array(z.string()).optional(),
});

/** Events of one statement. */
const PAGE = 500;
/** A replay only inserts rows: what fails is the database. */
const RETRY = { retryLimit: 100, retryDelaySeconds: 1, retryDelayMaxSeconds: 60 };

/** Delivers stored events to a webhook once more. Any number of them, so a job does it. */
export const replayJob = defineJob({ queue: 'webhook_replay', payload });

/** Requests replays. */
@Injectable()
export class Replays {
  constructor(
    private readonly database: Database,
    private readonly webhooks: Webhooks,
    private readonly jobs: JobQueue,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Delivers what happened from a time on, until now, once more: the same events with the same ids.
   * @param since inclusive. @param types those of the webhook by default. @throws WebhookNotFound
   */
  async request(webhookId: string, since: Date, types?: readonly string[]): Promise<void> {
    const webhook = await this.webhooks.find(webhookId);
    const wanted = types ?? (webhook.types.includes(EVERY_TYPE) ? undefined : webhook.types);
    const period = { since: since.toISOString(), until: new Date().toISOString() };
    await this.database.commit(
      this.audit.insertion({
        action: 'webhook.replay-requested',
        details: { webhook: webhookId, since: period.since, ...(types && { types: [...types] }) },
      }),
      this.jobs.insertion(
        replayJob,
        { webhook_id: webhookId, ...period, ...(wanted && { types: [...wanted] }) },
        RETRY,
      ),
    );
  }
}

/** Makes the deliveries of replays. */
@Injectable()
export class ReplayHandler {
  constructor(
    private readonly events: EventStore,
    private readonly fanOut: FanOut,
  ) {}

  /** A repeated attempt finds what the one before has made. */
  @JobHandler(replayJob)
  async replay(
    { webhook_id: webhookId, since, until, types }: z.infer<typeof payload>,
    { id }: JobInfo,
  ): Promise<void> {
    const end = new Date(until);
    let after: Parameters<EventStore['page']>[0] = { time: new Date(since) };
    for (;;) {
      const page = await this.events.page(after, PAGE, types);
      const past = page.filter(({ time }) => time <= end);
      if (past.length > 0) await this.fanOut.replay(webhookId, past, id);
      const last = page.at(-1);
      if (past.length < PAGE || last === undefined) return;
      after = last;
    }
  }
}
