import { Injectable } from '@nestjs/common';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import { PasswordHasher } from '../credentials/passwords/password-hasher.js';
import { PasswordRules } from '../credentials/passwords/password-rules.js';
import { creation, newUser } from '../sign-up/new-user.js';
import { createUserRequest } from '../sign-up/sign-up.schemas.js';
import type { User } from '../users/user.entity.js';
import { EmailTaken } from '../users/user.errors.js';
import { changed, UsersRepository } from '../users/users.repository.js';

/** What becomes of an operator's wish for a superuser. */
export type SuperuserOutcome = 'created' | 'promoted' | 'already-superuser';

/** The input of `createsuperuser`: what sign-up asks for, and a password is needed. */
export const superuserRequest = createUserRequest
  .pick({ email: true, name: true, password: true })
  .required();

/** Makes superusers, who cannot be made over HTTP without another one. */
@Injectable()
export class Superusers {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly passwords: PasswordHasher,
    private readonly rules: PasswordRules,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Creates a superuser whose address counts as verified: the operator vouches for it.
   * @throws RequestInvalid for a password that goes with the account; EmailTaken when the account exists.
   */
  async create(request: { email: string; name: string; password: string }): Promise<User> {
    this.rules.check(request.password, request);
    if (await this.users.emailExists(request.email)) throw new EmailTaken();
    const user: User = {
      ...newUser({ ...request, source: 'cli' }, await this.passwords.hash(request.password)),
      role: 'superuser',
      email_verified: true,
    };
    await this.database.commit(this.users.insertion(user), this.audit.insertion(creation(user)));
    return user;
  }

  /** Makes an existing user a superuser; its sessions end. @returns nothing when there is none. */
  async promote(email: string): Promise<{ id: string; outcome: SuperuserOutcome } | undefined> {
    return this.database.transaction(async () => {
      const user = await this.users.lockByEmail(email);
      if (user === null) return undefined;
      if (user.role === 'superuser') return { id: user.id, outcome: 'already-superuser' };
      const promoted = changed(user, {
        role: 'superuser',
        credentials_version: user.credentials_version + 1,
      });
      await this.database.commit(
        this.users.update(promoted),
        this.audit.insertion({
          action: 'user.role-changed',
          targetId: user.id,
          details: { from: user.role, to: 'superuser' },
        }),
      );
      return { id: user.id, outcome: 'promoted' };
    });
  }
}
