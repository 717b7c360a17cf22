import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { PreconditionFailed } from '../common/problem.js';
import { Database } from '../database/database.js';
import { MailQueue } from '../email/mail-queue.js';
import { PasswordHasher } from '../workers/password-hasher.js';
import { AuditLog } from './audit-log.js';
import { MailedTokens } from './mailed-tokens.js';
import { newUser } from './new-user.js';
import { type User } from './user.entity.js';
import { EmailTaken } from './user.errors.js';
import type { CreateUserRequest } from './user.schemas.js';
import { ensureAnotherSuperuser } from './last-superuser.js';
import { UserSessions } from './user-sessions.js';
import { UsersRepository } from './users.repository.js';

/** Entity tags a client accepts; `undefined` when it did not say. */
export type Precondition = ((currentTag: string) => boolean) | undefined;

/** What can be done with a user. Whether the caller may is decided before it gets here. */
@Injectable()
export class UsersService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly passwords: PasswordHasher,
    private readonly audit: AuditLog,
    private readonly tokens: MailedTokens,
    private readonly mails: MailQueue,
    private readonly sessions: UserSessions,
    @InjectPinoLogger('users') private readonly logger: PinoLogger,
  ) {}

  /**
   * Creates a user; its row, its audit record and its welcome mail are committed together.
   * @throws EmailTaken, Overloaded, DependencyUnavailable
   */
  async create(request: CreateUserRequest): Promise<User> {
    // Spares hashing for an address that is taken; the unique index has the last word.
    if (await this.users.emailExists(request.email)) throw new EmailTaken();
    const user = newUser(request, await this.hashed(request.password));
    await this.database.transaction(async (manager) => {
      await this.users.insert(manager, user);
      await this.audit.record(manager, {
        action: 'user.created',
        targetId: user.id,
        details: { source: user.source, tier: user.tier, role: user.role },
      });
      const tokenId = await this.tokens.create(manager, user.id, 'verify_email');
      await this.mails.send(manager, { template: 'welcome', user_id: user.id, token_id: tokenId });
    });
    this.logger.info({ user_id: user.id }, 'user created');
    return user;
  }

  /** @throws UserNotFound, DependencyUnavailable */
  async get(id: string): Promise<User> {
    return this.users.byId(id);
  }

  /**
   * Deletes a user softly: nothing finds it any more, its address is free, its sessions end.
   * @throws UserNotFound, PreconditionFailed, LastSuperuser
   */
  async delete(id: string, precondition: Precondition): Promise<void> {
    await this.database.transaction(async (manager) => {
      const user = await this.users.lock(manager, id);
      if (precondition?.(`"${user.version}"`) === false) throw new PreconditionFailed();
      await ensureAnotherSuperuser(manager, user);
      await this.users.update(manager, user, {
        deleted_at: new Date(),
        credentials_version: user.credentials_version + 1,
      });
      await this.sessions.end(manager, id);
      await this.audit.record(manager, { action: 'user.deleted', targetId: id });
    });
    this.sessions.changed(id);
    this.logger.info({ user_id: id }, 'user deleted');
  }

  private async hashed(password: string | undefined): Promise<string | null> {
    // Hashed off the event loop and outside the transaction: it takes longer than all the rest.
    return password === undefined ? null : this.passwords.hash(password);
  }
}
