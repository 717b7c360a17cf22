import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';
import { v7 as uuidv7 } from 'uuid';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { storedEmail } from '../../platform/common/email-address.js';
import { idOf, type Principal } from '../../platform/common/request/principal.js';
import { Database } from '../../platform/database/database.js';
import type { Write } from '../../platform/database/transactions/write.js';
import type { AuditAction } from '../../platform/declarations/audit-actions.js';
import { EmailTaken } from '../users/user.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import { InvitationMailQueue } from './invitation-mail.js';
import type { Invitation } from './invitation.entity.js';
import { InvitationNotFound, InvitationPending } from './invitation.errors.js';
import { InvitationsRepository } from './invitations.repository.js';
import type { CreateInvitationRequest } from './invitations.schemas.js';

/** Invitations, for those who invite. The access guard has checked the caller before. */
@Injectable()
export class Invitations {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly invitations: InvitationsRepository,
    private readonly mails: InvitationMailQueue,
    private readonly audit: AuditLog,
    @InjectPinoLogger('users') private readonly logger: PinoLogger,
  ) {}

  /** Newest first, after the given id. @param limit most rows. */
  async page(after: string | undefined, limit: number): Promise<Invitation[]> {
    return this.invitations.page(after, limit);
  }

  /** Invites an address by mail. @throws EmailTaken, InvitationPending */
  async create(
    { email, name, role, tier }: CreateInvitationRequest,
    caller: Principal,
  ): Promise<Invitation> {
    await this.ensureNoAccount(email);
    const invitation = await this.database.transaction(async () => {
      const created = await this.invitations.insert({
        id: uuidv7(),
        ...storedEmail(email),
        name: name ?? null,
        role,
        tier,
        inviter_kind: caller.kind === 'user' ? 'user' : 'service',
        inviter_id: idOf(caller) ?? null,
      });
      if (created === undefined) throw new InvitationPending();
      await this.database.commit(
        this.record('invitation.created', created),
        this.mails.insertion(created.id, created.token_id),
      );
      return created;
    });
    this.logger.info({ invitation_id: invitation.id }, 'invitation created');
    return invitation;
  }

  /** Sends another mail; the link of the one before has no effect. @throws InvitationNotFound, EmailTaken */
  async resend(id: string): Promise<void> {
    await this.database.transaction(async () => {
      const invitation = await this.lock(id);
      await this.ensureNoAccount(invitation.email);
      const tokenId = await this.invitations.renewToken(id);
      await this.database.commit(
        this.record('invitation.resent', invitation),
        this.mails.insertion(id, tokenId),
      );
    });
  }

  /** Takes an invitation back. @throws InvitationNotFound */
  async delete(id: string): Promise<void> {
    await this.database.transaction(async () => {
      const invitation = await this.lock(id);
      await this.invitations.delete(id);
      await this.database.commit(this.record('invitation.deleted', invitation));
    });
  }

  private async ensureNoAccount(email: string): Promise<void> {
    if (await this.users.emailExists(email)) throw new EmailTaken();
  }

  private async lock(id: string): Promise<Invitation> {
    const invitation = await this.invitations.lock(id);
    if (invitation === null) throw new InvitationNotFound();
    return invitation;
  }

  private record(action: AuditAction, { id, role, tier }: Invitation): Write {
    return this.audit.insertion({ action, details: { invitation: id, role, tier } });
  }
}
