import { Injectable } from '@nestjs/common';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import { Database } from '../../../platform/database/database.js';
import { MailQueue } from '../../../platform/mail/mail-queue.js';
import { IdentitiesRepository, type NewIdentity } from '../identities.repository.js';
import type { Identity } from '../identity.entity.js';
import { IdentityTaken } from '../identity.errors.js';

/** Links identities to accounts. */
@Injectable()
export class IdentityLinks {
  constructor(
    private readonly database: Database,
    private readonly identities: IdentitiesRepository,
    private readonly audit: AuditLog,
    private readonly mails: MailQueue,
  ) {}

  /**
   * Within a transaction that has locked the user: links an identity, and tells the owner.
   * @throws IdentityTaken
   */
  async link(userId: string, identity: NewIdentity): Promise<Identity> {
    const linked = await this.record(userId, identity);
    await this.database.commit(
      this.mails.insertion({ template: 'identity_added', user_id: userId }),
    );
    return linked;
  }

  /** The same for a new account, whose owner gets a welcome. @throws IdentityTaken */
  async record(userId: string, identity: NewIdentity): Promise<Identity> {
    const linked = await this.identities.insert(userId, identity);
    if (linked === undefined) throw new IdentityTaken();
    await this.database.commit(
      this.audit.insertion({
        action: 'auth.identity-added',
        targetId: userId,
        details: { identity: linked.id, provider: linked.provider },
      }),
    );
    return linked;
  }
}
