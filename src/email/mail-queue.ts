import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';

import { emailConfig } from '../config/email.config.js';
import { defineJob } from '../jobs/job-definition.js';
import { JobQueue } from '../jobs/job-queue.js';
import { mailTemplates } from './mail.js';

const mailJobPayload = z.strictObject({
  template: z.enum(mailTemplates),
  user_id: z.uuid(),
  /** Row of the mailed token; the token itself is computed at each delivery and stored nowhere. */
  token_id: z.uuid(),
});

export type MailJobPayload = z.infer<typeof mailJobPayload>;

/** A mail to a user. It holds ids only: address and name are looked up at delivery. */
export const mailJob = defineJob({ queue: 'email', payload: mailJobPayload });

/** Queues mails in the transaction of the data they are about. */
@Injectable()
export class MailQueue {
  constructor(
    private readonly jobs: JobQueue,
    @Inject(emailConfig.KEY) private readonly config: ConfigType<typeof emailConfig>,
  ) {}

  async send(manager: EntityManager, mail: MailJobPayload): Promise<void> {
    await this.jobs.send(manager, mailJob, mail, this.config);
  }
}
