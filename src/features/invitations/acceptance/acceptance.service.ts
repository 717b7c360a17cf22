import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { AuditLog } from '../../../platform/audit/audit-log.js';
import { brandingConfig } from '../../../platform/branding/branding.config.js';
import { typedEmail } from '../../../platform/common/email-address.js';
import { Database } from '../../../platform/database/database.js';
import { RequestInvalid } from '../../../platform/problems/problem.js';
import { InvalidToken } from '../../credentials/credential.errors.js';
import { PasswordHasher } from '../../credentials/passwords/password-hasher.js';
import { PasswordRules } from '../../credentials/passwords/password-rules.js';
import { CreatedUsers } from '../../sign-up/created-users.js';
import { creation, newUser } from '../../sign-up/new-user.js';
import type { User } from '../../users/user.entity.js';
import { UsersRepository } from '../../users/users.repository.js';
import { InvitationRights } from '../invitation-rights.js';
import type { Invitation } from '../invitation.entity.js';
import { InvitationsRepository } from '../invitations.repository.js';
import type { AcceptInvitationRequest } from './acceptance.schemas.js';

/** Makes accounts of invitations, whether or not registration is open. */
@Injectable()
export class InvitationAcceptance {
  constructor(
    private readonly database: Database,
    private readonly invitations: InvitationsRepository,
    private readonly rights: InvitationRights,
    private readonly users: UsersRepository,
    private readonly passwords: PasswordHasher,
    private readonly rules: PasswordRules,
    private readonly audit: AuditLog,
    private readonly created: CreatedUsers,
    @Inject(brandingConfig.KEY) private readonly branding: ConfigType<typeof brandingConfig>,
  ) {}

  /** Whether a token can be accepted, without using it up. */
  async isOpen(token: string): Promise<boolean> {
    return (await this.invitations.byToken(token)) !== null;
  }

  /**
   * Creates the account of an invitation, which is used up in the same transaction. An inviter who has lost the right to
   * invite makes the token invalid.
   * @param locale what the client prefers; the default one if it prefers none.
   * @throws InvalidToken, RequestInvalid, EmailTaken, Overloaded
   */
  async accept(
    { token, name: chosen, password }: AcceptInvitationRequest,
    locale: string = this.branding.defaultLocale,
  ): Promise<User> {
    const invitation = await this.invitations.byToken(token);
    // Avoids hashing for an invalid token.
    if (invitation === null) throw new InvalidToken();
    const name = chosen ?? givenBy(invitation);
    await this.rules.enforce(password, { email: typedEmail(invitation), name });
    const hash = await this.passwords.hash(password);
    const user = invitedUser(invitation, name, hash, locale);
    await this.database.transaction(async () => {
      // Changes of a user take locks in this order: the inviter, then the invitation.
      const valid =
        (await this.rights.stillHeld(invitation)) &&
        (await this.invitations.accept(token, user.id));
      if (!valid) throw new InvalidToken();
      await this.database.commit(
        this.users.insertion(user),
        this.audit.insertion(creation(user)),
        this.audit.insertion({
          action: 'invitation.accepted',
          targetId: user.id,
          details: { invitation: invitation.id },
        }),
      );
    });
    this.created.report(user);
    return user;
  }
}

/** @throws RequestInvalid if the inviter gave no name. */
function givenBy({ name }: Invitation): string {
  if (name === null) throw new RequestInvalid([{ pointer: '/name', detail: 'is missing' }]);
  return name;
}

/** The reader of the mail owns the address, so it is verified. */
function invitedUser(
  invitation: Invitation,
  name: string,
  passwordHash: string,
  locale: string,
): User {
  const { role, tier } = invitation;
  const request = { email: typedEmail(invitation), name, tier, source: 'invitation' };
  return { ...newUser(request, passwordHash, locale), role, email_verified: true };
}
