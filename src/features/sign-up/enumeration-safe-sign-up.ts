import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { ANSWER_FLOOR_MS, withMinimumDuration } from '../../platform/common/minimum-duration.js';
import { Database } from '../../platform/database/database.js';
import type { Alongside } from '../../platform/database/statements/alongside.js';
import { MailQueue } from '../../platform/mail/mail-queue.js';
import { MailedTokens } from '../credentials/mailed-tokens.js';
import { PasswordHasher } from '../credentials/password-hasher.js';
import { EmailTaken } from '../users/user.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import { type CreateUserRequest, createUserRequest } from './sign-up.schemas.js';
import { UserCreation } from './user-creation.service.js';

/**
 * Sign-up that does not tell whether an address is taken (`SIGNUP_DISCLOSURE=false`): its owner
 * gets a mail instead, at the same cost in work and time as creating a user.
 */
@Injectable()
export class EnumerationSafeSignUp {
  constructor(
    private readonly service: UserCreation,
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly passwords: PasswordHasher,
    private readonly audit: AuditLog,
    private readonly tokens: MailedTokens,
    private readonly mails: MailQueue,
  ) {}

  /**
   * Creates the user, or tells the owner of the address.
   * @param alongside runs in the same transaction, either way.
   * @throws RequestInvalid, Overloaded, DependencyUnavailable
   */
  async request(input: unknown, alongside?: Alongside): Promise<void> {
    await withMinimumDuration(ANSWER_FLOOR_MS, this.createOrTell(input, alongside));
  }

  private async createOrTell(input: unknown, alongside?: Alongside): Promise<void> {
    try {
      await this.service.create(input, alongside);
    } catch (error) {
      if (!(error instanceof EmailTaken)) throw error;
      await this.tellOwner(createUserRequest.parse(input), alongside);
    }
  }

  private async tellOwner({ email, password }: CreateUserRequest, alongside?: Alongside) {
    // The hash is for nobody: without it the answer would come sooner.
    if (password !== undefined) await this.passwords.hash(password);
    await this.database.transaction(async (manager) => {
      const owner = await this.users.lockByEmail(manager, email);
      if (owner !== null) {
        await this.audit.record(manager, { action: 'user.sign-up-repeated', targetId: owner.id });
        await this.mailOnce(manager, owner.id);
      }
      await alongside?.(manager);
    });
  }

  /** Strangers can have this one sent: one mail an hour tells the owner enough. */
  private async mailOnce(manager: EntityManager, ownerId: string): Promise<void> {
    const recent = await manager.query<unknown[]>(
      `SELECT 1 FROM public.mailed_tokens WHERE user_id = $1 AND purpose = 'account_exists'
          AND created_at > now() - interval '1 hour'`,
      [ownerId],
    );
    if (recent.length > 0) return;
    const tokenId = await this.tokens.create(manager, ownerId, 'account_exists');
    const mail = { template: 'account_exists', user_id: ownerId, token_id: tokenId } as const;
    await this.mails.send(manager, mail);
  }
}
