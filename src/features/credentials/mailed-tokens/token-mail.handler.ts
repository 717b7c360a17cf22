import { Injectable } from '@nestjs/common';

import { plainLocale } from '../../../platform/common/locale.js';
import { Database } from '../../../platform/database/database.js';
import { RowLoader } from '../../../platform/database/statements/row-loader.js';
import { MailDelivery, type PreparedMail } from '../../../platform/mail/mail-delivery.js';
import { mailJob, type MailJobPayload } from '../../../platform/mail/mail-queue.js';
import { JobHandler, type JobInfo } from '../../../platform/jobs/consumer/job-handler.decorator.js';
import type { User } from '../../users/user.entity.js';
import { UsersRepository } from '../../users/users.repository.js';
import { MailedTokens, type StoredToken } from './mailed-tokens.js';

type Notice = Exclude<MailJobPayload, { token_id: string }>;

/** The fields of a user for mails. */
type Recipient = Pick<User, 'email' | 'email_verified' | 'locale' | 'name'>;

/** A token with the user it is mailed to. */
interface TokenRecipient extends Recipient, StoredToken {
  readonly user_id: string;
}

const BY_TOKEN = `
  SELECT u.id AS user_id, u.email, u.email_verified, u.name, u.locale, t.id, t.purpose, t.token_hash,
         extract(epoch FROM t.expires_at - now())::int AS seconds_left
    FROM public.mailed_tokens t JOIN public.users u ON u.id = t.user_id
   WHERE t.id = ANY($1::uuid[]) AND u.deleted_at IS NULL AND t.used_at IS NULL`;

/** Delivers queued mails to users: looks up the recipient, and computes the token. */
@Injectable()
export class MailHandler {
  /** Jobs come in batches, and so do their recipients. */
  private readonly recipients: RowLoader<TokenRecipient>;

  constructor(
    database: Database,
    private readonly users: UsersRepository,
    private readonly tokens: MailedTokens,
    private readonly delivery: MailDelivery,
  ) {
    this.recipients = new RowLoader(async (tokenIds) => {
      const rows = await database.readPrepared<TokenRecipient>(BY_TOKEN, [tokenIds]);
      return new Map(rows.map((row) => [row.id, row]));
    });
  }

  @JobHandler(mailJob)
  async deliver(mail: MailJobPayload, job: JobInfo): Promise<void> {
    const { template, user_id } = mail;
    await this.delivery.deliver(template, await this.prepare(mail), job, { user_id });
  }

  private async prepare(mail: MailJobPayload): Promise<PreparedMail | undefined> {
    return 'token_id' in mail ? this.withToken(mail.user_id, mail.token_id) : this.notice(mail);
  }

  private async withToken(userId: string, tokenId: string): Promise<PreparedMail | undefined> {
    const row = await this.recipients.load(tokenId);
    if (row?.user_id !== userId) return undefined;
    const token = await this.tokens.reveal(row);
    return { to: row.email, variables: { ...personOf(row, row.email_verified), token } };
  }

  private async notice({ user_id, to, unconfirmed }: Notice): Promise<PreparedMail | undefined> {
    const user = await this.users.find(user_id);
    if (user === undefined) return undefined;
    const confirmed = to === undefined ? user.email_verified : unconfirmed !== true;
    return { to: to ?? user.email, variables: personOf(user, confirmed) };
  }
}

/**
 * Anybody can sign up with another person's address: mail to an unconfirmed address repeats no
 * words.
 */
function personOf({ name, locale }: Recipient, confirmed: boolean): PreparedMail['variables'] {
  return confirmed ? { name, locale } : { locale: plainLocale(locale) };
}
