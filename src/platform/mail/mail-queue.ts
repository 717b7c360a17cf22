import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';

import { emailConfig } from './email.config.js';
import { runIn } from '../database/statements/prepared.js';
import type { RunStatement } from '../database/statements/statement.js';
import { defineJob } from '../jobs/job-definition.js';
import { JobQueue, type NewJob } from '../jobs/job-queue.js';
import { noticeTemplates, tokenTemplates } from './mail.js';

const mailJobPayload = z.union([
  z.strictObject({
    template: z.enum(tokenTemplates),
    user_id: z.uuid(),
    /** Row of the mailed token; the token itself is computed at each delivery and stored nowhere. */
    token_id: z.uuid(),
  }),
  z.strictObject({
    template: z.enum(noticeTemplates),
    user_id: z.uuid(),
    /** An address the user no longer has; without it, the current one. */
    to: z.string().max(254).optional(),
    /** The address was never confirmed: the mail must not name the user. */
    unconfirmed: z.literal(true).optional(),
  }),
]);

export type MailJobPayload = z.infer<typeof mailJobPayload>;

/** A mail that is not queued yet. */
export type MailJob = NewJob<MailJobPayload>;

/** A mail to a user. Name and current address are looked up at delivery. */
export const mailJob = defineJob({ queue: 'email', payload: mailJobPayload });

/** Queues mails in the transaction of the data they are about. */
@Injectable()
export class MailQueue {
  constructor(
    private readonly jobs: JobQueue,
    @Inject(emailConfig.KEY) private readonly config: ConfigType<typeof emailConfig>,
  ) {}

  async send(manager: EntityManager, mail: MailJobPayload): Promise<void> {
    await this.insert(runIn(manager), [this.job(mail)]);
  }

  /** A mail's job, to be inserted; it carries the trace of where it is made. */
  job(mail: MailJobPayload): MailJob {
    return this.jobs.job(mailJob, mail, this.config);
  }

  /** Stores jobs made before. @param run is given one statement, and may add others to it. */
  async insert(run: RunStatement, jobs: readonly MailJob[]): Promise<void> {
    await this.jobs.insert(run, mailJob, jobs);
  }
}
