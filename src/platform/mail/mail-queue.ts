import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { z } from 'zod';

import { emailConfig } from './email.config.js';
import type { Write } from '../database/transactions/write.js';
import { defineJob } from '../declarations/job-definition.js';
import { JobQueue } from '../jobs/queue/job-queue.js';
import { noticeTemplates, tokenTemplates } from './messages/mail.js';

const mailJobPayload = z.union([
  z.strictObject({
    template: z.enum(tokenTemplates),
    user_id: z.uuid(),
    /** Row of the mailed token; the token itself is computed at each delivery and never stored. */
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

/** A mail to a user. Name and current address are looked up at delivery. */
export const mailJob = defineJob({ queue: 'email', payload: mailJobPayload });

/** Queues mails, committed together with their data. */
@Injectable()
export class MailQueue {
  constructor(
    private readonly jobs: JobQueue,
    @Inject(emailConfig.KEY) private readonly config: ConfigType<typeof emailConfig>,
  ) {}

  /** The job of a mail, with the current trace. */
  insertion(mail: MailJobPayload): Write {
    return this.jobs.insertion(mailJob, mail, this.config);
  }
}
