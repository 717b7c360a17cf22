import { Injectable } from '@nestjs/common';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import type { Alongside } from '../../platform/database/statements/alongside.js';
import { validate } from '../../platform/http/routes/validation.js';
import { Traced } from '../../platform/observability/tracing/traced.decorator.js';
import { PasswordHasher } from '../credentials/password-hasher.js';
import { PasswordRules } from '../credentials/password-rules.js';
import type { User } from '../users/user.entity.js';
import { UsersRepository } from '../users/users.repository.js';
import { AccountStore } from './account-store.js';
import { newUser } from './new-user.js';
import { SignUpTelemetry } from './sign-up-telemetry.js';
import { createUserRequest, type CreateUserRequest } from './sign-up.schemas.js';

/** Creates users. Whether the caller may is decided before it gets here. */
@Injectable()
export class UserCreation {
  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: PasswordHasher,
    private readonly rules: PasswordRules,
    private readonly accounts: AccountStore,
    private readonly telemetry: SignUpTelemetry,
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

  private async hashed(password: string | undefined): Promise<string | null> {
    // Hashed off the event loop and outside the transaction: it takes longer than all the rest.
    return password === undefined ? null : this.passwords.hash(password);
  }
}
