import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { ANSWER_FLOOR_MS, withMinimumDuration } from '../../platform/common/minimum-duration.js';
import type { Principal } from '../../platform/common/request/principal.js';
import { accessConfig } from '../../platform/http/access/access.config.js';
import { Database } from '../../platform/database/database.js';
import type { Write } from '../../platform/database/transactions/write.js';
import { MailQueue } from '../../platform/mail/mail-queue.js';
import { MailedTokens } from '../credentials/mailed-tokens/mailed-tokens.js';
import { PasswordHasher } from '../credentials/passwords/password-hasher.js';
import { EmailTaken } from '../users/user.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import { type CreateUserRequest, createUserRequest } from './sign-up.schemas.js';
import { SignUp } from './sign-up.service.js';

/**
 * Sign-up that does not disclose whether an address is taken (`SIGNUP_DISCLOSURE=false`): the owner
 * gets a mail instead, with the same work and time as a new user.
 */
@Injectable()
export class EnumerationSafeSignUp {
  constructor(
    private readonly signUp: SignUp,
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly passwords: PasswordHasher,
    private readonly audit: AuditLog,
    private readonly tokens: MailedTokens,
    private readonly mails: MailQueue,
    @Inject(accessConfig.KEY) private readonly config: ConfigType<typeof accessConfig>,
  ) {}

  /** Whether taken addresses are hidden from a caller: from strangers, without disclosure. */
  appliesTo(caller: Principal): boolean {
    return caller.kind === 'anonymous' && !this.config.signupDisclosure;
  }

  /**
   * Creates the user, or mails the owner of the address.
   * @param locale what the client prefers.
   * @throws RequestInvalid, Overloaded, DependencyUnavailable
   */
  async request(input: unknown, locale: string | undefined): Promise<void> {
    await withMinimumDuration(ANSWER_FLOOR_MS, this.createOrTell(input, locale));
  }

  private async createOrTell(input: unknown, locale: string | undefined): Promise<void> {
    try {
      await this.signUp.create(input, locale);
    } catch (error) {
      if (!(error instanceof EmailTaken)) throw error;
      await this.tellOwner(createUserRequest.parse(input));
    }
  }

  private async tellOwner({ email, password }: CreateUserRequest): Promise<void> {
    // The hash is discarded: without it the answer would be faster.
    if (password !== undefined) await this.passwords.hash(password);
    await this.database.transaction(
      async () => {
        const owner = await this.users.lockByEmail(email);
        if (owner === null) return;
        await this.database.commit(
          this.audit.insertion({ action: 'user.sign-up-repeated', targetId: owner.id }),
          ...(await this.mailOnce(owner.id)),
        );
      },
      { withAnswer: true },
    );
  }

  /** Strangers can trigger this mail: one per hour is enough for the owner. */
  private async mailOnce(ownerId: string): Promise<Write[]> {
    if (await this.tokens.madeWithinHour(ownerId, 'account_exists')) return [];
    const token = this.tokens.tokenFor(ownerId, 'account_exists');
    return [
      this.tokens.end(ownerId, 'account_exists'),
      this.tokens.insertion(token),
      this.mails.insertion({ template: 'account_exists', user_id: ownerId, token_id: token.id }),
    ];
  }
}
