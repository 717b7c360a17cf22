import type { PinoLogger } from 'nestjs-pino';

import { type Mail, MailTransport } from '../messages/mail.js';

/** Mail switched off (`EMAIL_SERVICE_URL=log:`): each mail is only logged. */
export class LogMailTransport extends MailTransport {
  constructor(private readonly logger: PinoLogger) {
    super();
  }

  send({ template, idempotencyKey }: Mail): Promise<void> {
    this.logger.info({ template, job_id: idempotencyKey }, 'mail due, but mail is switched off');
    return Promise.resolve();
  }

  isUp(): Promise<boolean> {
    return Promise.resolve(true);
  }
}
