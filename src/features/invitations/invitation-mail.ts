import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { z } from 'zod';

import { brandingConfig } from '../../platform/branding/branding.config.js';
import type { Write } from '../../platform/database/transactions/write.js';
import { defineJob } from '../../platform/declarations/job-definition.js';
import { JobHandler, type JobInfo } from '../../platform/jobs/consumer/job-handler.decorator.js';
import { JobQueue } from '../../platform/jobs/queue/job-queue.js';
import { emailConfig } from '../../platform/mail/email.config.js';
import { MailDelivery, type PreparedMail } from '../../platform/mail/mail-delivery.js';
import { InvitationsRepository } from './invitations.repository.js';

const payload = z.strictObject({
  invitation_id: z.uuid(),
  /** The token itself is computed at each delivery and never stored. */
  token_id: z.uuid(),
});

type InvitationMail = z.infer<typeof payload>;

/** A mail to somebody who is no user yet. The address is looked up at delivery. */
export const invitationMailJob = defineJob({ queue: 'invitation_mail', payload });

/** Queues mails of invitations, committed together with them. */
@Injectable()
export class InvitationMailQueue {
  constructor(
    private readonly jobs: JobQueue,
    @Inject(emailConfig.KEY) private readonly config: ConfigType<typeof emailConfig>,
  ) {}

  insertion(id: string, tokenId: string): Write {
    const mail = { invitation_id: id, token_id: tokenId };
    return this.jobs.insertion(invitationMailJob, mail, this.config);
  }
}

/** Delivers them. */
@Injectable()
export class InvitationMailHandler {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly delivery: MailDelivery,
    @Inject(brandingConfig.KEY) private readonly branding: ConfigType<typeof brandingConfig>,
  ) {}

  @JobHandler(invitationMailJob)
  async deliver(mail: InvitationMail, job: JobInfo): Promise<void> {
    const { invitation_id } = mail;
    await this.delivery.deliver('invitation', await this.prepare(mail), job, { invitation_id });
  }

  /** Without a name: the address is not confirmed. The language of the reader is not known yet. */
  private async prepare(mail: InvitationMail): Promise<PreparedMail | undefined> {
    const invitation = await this.invitations.mailed(mail.invitation_id, mail.token_id);
    if (invitation === undefined) return undefined;
    const token = await this.invitations.reveal(invitation);
    return { to: invitation.email, variables: { token, locale: this.branding.defaultLocale } };
  }
}
