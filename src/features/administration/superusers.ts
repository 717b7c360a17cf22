import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { brandingConfig } from '../../platform/branding/branding.config.js';
import { Database } from '../../platform/database/database.js';
import { PasswordHasher } from '../credentials/passwords/password-hasher.js';
import { PasswordRules } from '../credentials/passwords/password-rules.js';
import { creation, newUser } from '../sign-up/new-user.js';
import { createUserRequest } from '../sign-up/sign-up.schemas.js';
import type { User } from '../users/user.entity.js';
import { EmailTaken } from '../users/user.errors.js';
import { UserSessions } from '../users/user-sessions.js';
import { changed, UsersRepository } from '../users/users.repository.js';

/** The input of `createsuperuser`: the fields of a sign-up, with a required password. */
export const superuserRequest = createUserRequest
  .pick({ email: true, name: true, password: true })
  .required();

/** Creates superusers; over HTTP only another superuser can do that. */
@Injectable()
export class Superusers {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly sessions: UserSessions,
    private readonly passwords: PasswordHasher,
    private readonly rules: PasswordRules,
    private readonly audit: AuditLog,
    @Inject(brandingConfig.KEY) private readonly branding: ConfigType<typeof brandingConfig>,
  ) {}

  /**
   * Creates a superuser with a verified address, since the operator is trusted.
   * @throws RequestInvalid for a password that the rules refuse; EmailTaken when the account exists.
   */
  async create(request: { email: string; name: string; password: string }): Promise<User> {
    await this.rules.enforce(request.password, request);
    if (await this.users.emailExists(request.email)) throw new EmailTaken();
    const hash = await this.passwords.hash(request.password);
    const user: User = {
      ...newUser({ ...request, source: 'cli' }, hash, this.branding.defaultLocale),
      role: 'superuser',
      email_verified: true,
    };
    await this.database.commit(this.users.insertion(user), this.audit.insertion(creation(user)));
    return user;
  }

  /**
   * Makes an existing user a superuser; its sessions end. @returns undefined if there is no such
   * user.
   */
  async promote(
    email: string,
  ): Promise<{ id: string; outcome: 'promoted' | 'already-superuser' } | undefined> {
    return this.database.transaction(async () => {
      const user = await this.users.lockByEmail(email);
      if (user === null) return undefined;
      if (user.role === 'superuser') return { id: user.id, outcome: 'already-superuser' };
      const promoted = changed(user, {
        role: 'superuser',
        credentials_version: user.credentials_version + 1,
      });
      await this.database.commit(
        this.users.update(user, promoted),
        await this.sessions.end(promoted),
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
