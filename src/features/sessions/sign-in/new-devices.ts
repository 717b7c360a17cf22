import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import type { Write } from '../../../platform/database/transactions/write.js';
import { MailQueue } from '../../../platform/mail/mail-queue.js';
import { clientOf, KnownSources } from '../../credentials/lockout/known-sources.js';
import { MailedTokens } from '../../credentials/mailed-tokens/mailed-tokens.js';
import type { ProvenAccount } from '../../credentials/passwords/password-check.js';
import { usersConfig } from '../../users/users.config.js';

/** Records where sign-ins come from, and tells the owner of those from elsewhere. */
@Injectable()
export class NewDevices {
  constructor(
    private readonly sources: KnownSources,
    private readonly tokens: MailedTokens,
    private readonly mails: MailQueue,
    @Inject(usersConfig.KEY) private readonly config: ConfigType<typeof usersConfig>,
  ) {}

  /** What a sign-in to an account adds to its commit. A device with a valid token is not new. */
  async record(
    { id, attempt: { source, deviceId } }: ProvenAccount,
    userAgent: string | undefined,
  ): Promise<Write[]> {
    const origin = { source, client: clientOf(userAgent) };
    const mayBeNew = this.config.newDeviceMail && deviceId === undefined;
    const isNew = mayBeNew && (await this.sources.isNew(id, origin));
    return [this.sources.remember(id, origin), ...(isNew ? this.mail(id) : [])];
  }

  /** With a token that ends what the device can do. */
  private mail(userId: string): Write[] {
    const token = this.tokens.tokenFor(userId, 'not_me');
    return [
      this.tokens.insertion(token),
      this.mails.insertion({ template: 'new_device', user_id: userId, token_id: token.id }),
    ];
  }
}
