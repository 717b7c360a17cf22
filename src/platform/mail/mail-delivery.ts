import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import type { JobInfo } from '../jobs/consumer/job-handler.decorator.js';
import { MailTelemetry } from './mail-telemetry.js';
import type { Mail, MailTemplate } from './messages/mail.js';
import { GuardedMailTransport } from './transports/guarded-mail-transport.js';

/** A mail as its job found it: the recipient, and the values of the template. */
export type PreparedMail = Pick<Mail, 'to' | 'variables'>;

/** Delivers mails of jobs, and reports them to log, metric and trace. */
@Injectable()
export class MailDelivery {
  constructor(
    private readonly transport: GuardedMailTransport,
    private readonly telemetry: MailTelemetry,
    @InjectPinoLogger('email') private readonly logger: PinoLogger,
  ) {}

  /**
   * @param mail undefined when there is nothing to say any more.
   * @param about ids for the log.
   * @throws what the transport throws
   */
  async deliver(
    template: MailTemplate,
    mail: PreparedMail | undefined,
    job: JobInfo,
    about: Readonly<Record<string, string>>,
  ): Promise<void> {
    const fields = { job_id: job.id, template, ...about };
    if (mail === undefined) {
      this.logger.info({ ...fields, reason: 'obsolete' }, 'mail not sent');
      return;
    }
    const { to, variables } = mail;
    await this.telemetry.delivery(template, to, job.last, () =>
      this.transport.send({ template, to, variables, idempotencyKey: job.id }),
    );
    this.logger.info({ ...fields, attempt: job.attempt }, 'mail sent');
  }
}
