import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { Database } from '../../../platform/database/database.js';
import { RowLoader } from '../../../platform/database/statements/row-loader.js';
import { GuardedMailTransport } from '../../../platform/mail/transports/guarded-mail-transport.js';
import { MailTelemetry } from '../../../platform/mail/mail-telemetry.js';
import type { Mail } from '../../../platform/mail/messages/mail.js';
import { mailJob, type MailJobPayload } from '../../../platform/mail/mail-queue.js';
import { JobHandler, type JobInfo } from '../../../platform/jobs/consumer/job-handler.decorator.js';
import type { User } from '../../users/user.entity.js';
import { UsersRepository } from '../../users/users.repository.js';
import { MailedTokens, type StoredToken } from './mailed-tokens.js';

type Notice = Exclude<MailJobPayload, { token_id: string }>;

/** Data of a mail beside its template. */
type Prepared = Pick<Mail, 'to' | 'variables'>;

/** The fields of a user for mails. */
type Recipient = Pick<User, 'email' | 'email_verified' | 'name'>;

/** A token with the user it is mailed to. */
interface TokenRecipient extends Recipient, StoredToken {
  readonly user_id: string;
}

const BY_TOKEN = `
  SELECT u.id AS user_id, u.email, u.email_verified, u.name, t.id, t.purpose, t.token_hash,
         extract(epoch FROM t.expires_at - now())::int AS seconds_left
    FROM public.mailed_tokens t JOIN public.users u ON u.id = t.user_id
   WHERE t.id = ANY($1::uuid[]) AND u.deleted_at IS NULL AND t.used_at IS NULL`;

/**
 * Delivers queued mails: looks up the recipient, computes the token, passes both to the transport.
 */
@Injectable()
export class MailHandler {
  /** Jobs come in batches, and so do their recipients. */
  private readonly recipients: RowLoader<TokenRecipient>;

  constructor(
    database: Database,
    private readonly users: UsersRepository,
    private readonly tokens: MailedTokens,
    private readonly transport: GuardedMailTransport,
    private readonly telemetry: MailTelemetry,
    @InjectPinoLogger('email') private readonly logger: PinoLogger,
  ) {
    this.recipients = new RowLoader(async (tokenIds) => {
      const rows = await database.readPrepared<TokenRecipient>(BY_TOKEN, [tokenIds]);
      return new Map(rows.map((row) => [row.id, row]));
    });
  }

  @JobHandler(mailJob)
  async deliver(mail: MailJobPayload, job: JobInfo): Promise<void> {
    const prepared = await this.prepare(mail);
    const fields = { job_id: job.id, template: mail.template, user_id: mail.user_id };
    if (prepared === undefined) {
      this.logger.info({ ...fields, reason: 'obsolete' }, 'mail not sent');
      return;
    }
    const { to, variables } = prepared;
    await this.telemetry.delivery(mail.template, to, job.last, () =>
      this.transport.send({ template: mail.template, to, variables, idempotencyKey: job.id }),
    );
    this.logger.info({ ...fields, attempt: job.attempt }, 'mail sent');
  }

  private async prepare(mail: MailJobPayload): Promise<Prepared | undefined> {
    return 'token_id' in mail ? this.withToken(mail.user_id, mail.token_id) : this.notice(mail);
  }

  private async withToken(userId: string, tokenId: string): Promise<Prepared | undefined> {
    const row = await this.recipients.load(tokenId);
    if (row?.user_id !== userId) return undefined;
    const token = await this.tokens.reveal(row);
    return { to: row.email, variables: { ...nameOf(row, row.email_verified), token } };
  }

  private async notice({ user_id, to, unconfirmed }: Notice): Promise<Prepared | undefined> {
    const user = await this.users.find(user_id);
    if (user === undefined) return undefined;
    const confirmed = to === undefined ? user.email_verified : unconfirmed !== true;
    return { to: to ?? user.email, variables: nameOf(user, confirmed) };
  }
}

/**
 * Anybody can sign up with another person's address: mail to an unconfirmed address repeats no
 * input.
 */
function nameOf({ name }: Recipient, confirmed: boolean): { readonly name?: string } {
  return confirmed ? { name } : {};
}
