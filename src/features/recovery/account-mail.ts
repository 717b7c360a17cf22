import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import { z } from 'zod';

import { Database } from '../../platform/database/database.js';
import { MailQueue } from '../../platform/mail/mail-queue.js';
import { defineJob } from '../../platform/declarations/job-definition.js';
import { JobHandler, type JobInfo } from '../../platform/jobs/consumer/job-handler.decorator.js';
import { MailedTokens } from '../credentials/mailed-tokens/mailed-tokens.js';
import { UsersRepository } from '../users/users.repository.js';

const payload = z.strictObject({
  purpose: z.enum(['verify_email', 'password_reset']),
  user_id: z.uuid(),
});

export type AccountMailPayload = z.infer<typeof payload>;

/**
 * A request for a mail to an address. The job is sent for every address and looks it up later, so
 * that the response time discloses nothing.
 */
export const accountMailJob = defineJob({ queue: 'account_mail', payload });

/** Sends the requested mail if the address has a user. */
@Injectable()
export class AccountMailHandler {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly tokens: MailedTokens,
    private readonly mails: MailQueue,
    @InjectPinoLogger('email') private readonly logger: PinoLogger,
  ) {}

  @JobHandler(accountMailJob)
  async prepare({ purpose, user_id }: AccountMailPayload, job: JobInfo): Promise<void> {
    const due = await this.database.transaction(async () => {
      const user = await this.users.lockIfPresent(user_id);
      if (user?.status !== 'active') return false;
      if (purpose === 'verify_email' && user.email_verified) return false;
      const token = this.tokens.tokenFor(user_id, purpose);
      await this.database.commit(
        this.tokens.end(user_id, purpose),
        this.tokens.insertion(token),
        this.mails.insertion({ template: purpose, user_id, token_id: token.id }),
      );
      return true;
    });
    if (!due)
      this.logger.debug({ job_id: job.id, template: purpose, reason: 'obsolete' }, 'no mail due');
  }
}
