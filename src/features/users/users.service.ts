import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { PreconditionFailed } from '../../platform/http/problems/problem.js';
import { validate } from '../../platform/http/routes/validation.js';
import { Database } from '../../platform/database/database.js';
import { PasswordHasher } from '../credentials/password-hasher.js';
import { Traced } from '../../platform/observability/tracing/traced.decorator.js';
import { AccountStore, type Alongside } from '../sign-up/account-store.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { newUser } from '../sign-up/new-user.js';
import { PasswordRules } from '../credentials/password-rules.js';
import { type User } from './user.entity.js';
import { UserTelemetry } from '../sign-up/sign-up-telemetry.js';
import { type CreateUserRequest, createUserRequest } from './user.schemas.js';
import { ensureAnotherSuperuser } from '../profile/last-superuser.js';
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
    private readonly rules: PasswordRules,
    private readonly audit: AuditLog,
    private readonly accounts: AccountStore,
    private readonly telemetry: UserTelemetry,
    private readonly sessions: UserSessions,
    @InjectPinoLogger('users') private readonly logger: PinoLogger,
  ) {}

  /**
   * Creates a user; its row, its audit record and its welcome mail are committed together.
   * @param alongside is committed with them.
   * @throws RequestInvalid, EmailTaken, Overloaded, DependencyUnavailable
   */
  @Traced('user_service.create_user')
  async create(input: unknown, alongside?: Alongside<[User]>): Promise<User> {
    return this.telemetry.creation(
      input,
      (given) => this.validated(given),
      (request) => this.createValidated(request, alongside),
    );
  }

  /** Here and not at the door, so that it is part of the span. @throws RequestInvalid */
  private validated(input: unknown): CreateUserRequest {
    const request = validate(createUserRequest, input);
    if (request.password !== undefined) this.rules.check(request.password, request);
    return request;
  }

  private async createValidated(
    request: CreateUserRequest,
    alongside?: Alongside<[User]>,
  ): Promise<User> {
    await this.telemetry.existenceCheck(() => this.users.emailExists(request.email));
    const user = newUser(request, await this.hashed(request.password));
    await this.telemetry.record(user, () => this.accounts.store(user, alongside));
    this.logger.info(
      { user_id: user.id, signup_source: this.telemetry.sourceOf(user.source) },
      'user created',
    );
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
