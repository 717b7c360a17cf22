import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { Database } from '../database/database.js';
import { MailTelemetry } from '../email/mail-telemetry.js';
import { MailTransport } from '../email/mail.js';
import { mailJob, type MailJobPayload } from '../email/mail-queue.js';
import { JobHandler, type JobInfo } from '../jobs/job-handler.decorator.js';
import { MailedTokens } from './mailed-tokens.js';

interface Recipient {
  readonly email: string;
  readonly name: string;
  readonly token_hash: Buffer;
}

/** Delivers queued mails: looks up the recipient, computes the token, hands both to the transport. */
@Injectable()
export class MailHandler {
  constructor(
    private readonly database: Database,
    private readonly tokens: MailedTokens,
    private readonly transport: MailTransport,
    private readonly telemetry: MailTelemetry,
    @InjectPinoLogger('email') private readonly logger: PinoLogger,
  ) {}

  @JobHandler(mailJob)
  async deliver(mail: MailJobPayload, job: JobInfo): Promise<void> {
    const prepared = await this.database.transaction(async (manager) => {
      const [recipient] = await manager.query<Recipient[]>(
        `SELECT u.email, u.name, t.token_hash
           FROM mailed_tokens t JOIN users u ON u.id = t.user_id
          WHERE t.id = $1 AND u.id = $2 AND u.deleted_at IS NULL AND t.used_at IS NULL
            -- Strangers can have this one sent: one an hour tells the owner enough.
            AND NOT (t.purpose = 'account_exists' AND EXISTS (
              SELECT FROM mailed_tokens sent
               WHERE sent.user_id = t.user_id AND sent.purpose = t.purpose AND sent.id < t.id
                 AND sent.created_at > t.created_at - interval '1 hour'))`,
        [mail.token_id, mail.user_id],
      );
      if (recipient === undefined) return undefined;
      const token = await this.tokens.reveal(manager, mail.token_id, recipient.token_hash);
      return { ...recipient, token };
    });
    const fields = { job_id: job.id, template: mail.template, user_id: mail.user_id };
    if (prepared === undefined) {
      this.logger.info({ ...fields, reason: 'obsolete' }, 'mail not sent');
      return;
    }
    const { email: to, name, token } = prepared;
    await this.telemetry.delivery(mail.template, to, job.last, () =>
      this.transport.send({
        to,
        template: mail.template,
        variables: { name, token },
        idempotencyKey: job.id,
      }),
    );
    this.logger.info({ ...fields, attempt: job.attempt }, 'mail sent');
  }
}
