import type { PinoLogger } from 'nestjs-pino';

import { type Mail, MailTransport } from '../messages/mail.js';

/** Mail switched off (`EMAIL_SERVICE_URL=log:`): each mail is only logged. */
export class LogMailTransport extends MailTransport {
  constructor(private readonly logger: Pick<PinoLogger, 'info'>) {
    super();
  }

  send({ template, idempotencyKey }: Mail): Promise<string> {
    this.logger.info({ template, job_id: idempotencyKey }, 'mail due, but mail is switched off');
    return Promise.resolve('logged only, since EMAIL_SERVICE_URL is log:');
  }

  isUp(): Promise<boolean> {
    return Promise.resolve(true);
  }
}
