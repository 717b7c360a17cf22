import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import { PreconditionFailed } from '../../platform/problems/problem.js';
import type { Precondition } from '../../platform/routes/preconditions.js';
import { Traced } from '../../platform/observability/tracing/traced.decorator.js';
import { UserSessions } from '../users/user-sessions.js';
import { UsersRepository } from '../users/users.repository.js';
import { ensureAnotherSuperuser } from './last-superuser.js';

/** Deletes users. Whether the caller may is decided before it gets here. */
@Injectable()
export class UserDeletion {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly audit: AuditLog,
    private readonly sessions: UserSessions,
    @InjectPinoLogger('users') private readonly logger: PinoLogger,
  ) {}

  /**
   * Deletes a user softly: no request finds it, its address is free, its sessions end.
   * @throws UserNotFound, PreconditionFailed, LastSuperuser
   */
  @Traced('user_service.delete_user')
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
      await this.database.commit(this.audit.insertion({ action: 'user.deleted', targetId: id }));
    });
    this.sessions.changed(id);
    this.logger.info({ user_id: id }, 'user deleted');
  }
}
