import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import { PreconditionFailed } from '../../platform/problems/problem.js';
import { Traced } from '../../platform/observability/tracing/traced.decorator.js';
import { MailedTokens } from '../credentials/mailed-tokens/mailed-tokens.js';
import { UserSessions } from '../users/user-sessions.js';
import { changed, UsersRepository } from '../users/users.repository.js';
import { ensureAnotherSuperuser } from './last-superuser.js';

/** Deletes users. The access guard has checked the caller before. */
@Injectable()
export class UserDeletion {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly audit: AuditLog,
    private readonly tokens: MailedTokens,
    private readonly sessions: UserSessions,
    @InjectPinoLogger('users') private readonly logger: PinoLogger,
  ) {}

  /**
   * Deletes a user softly: no request finds it, its address is free, its sessions and mailed tokens end.
   * @param versions of the user that may be deleted; all versions by default.
   * @throws UserNotFound, PreconditionFailed, LastSuperuser
   */
  @Traced('user_service.delete_user')
  async delete(id: string, versions?: readonly number[]): Promise<void> {
    await this.database.transaction(async () => {
      const user = await this.users.lock(id);
      if (versions?.includes(user.version) === false) throw new PreconditionFailed();
      await ensureAnotherSuperuser(this.users, user);
      const deleted = changed(user, {
        deleted_at: new Date(),
        credentials_version: user.credentials_version + 1,
      });
      await this.database.commit(
        this.users.update(user, deleted),
        await this.sessions.end(deleted),
        this.tokens.end(id),
        this.audit.insertion({ action: 'user.deleted', targetId: id }),
      );
    });
    this.sessions.changed(id);
    this.logger.info({ user_id: id }, 'user deleted');
  }
}
