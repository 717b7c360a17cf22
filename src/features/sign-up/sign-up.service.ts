import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { type Counter, type Span, trace } from '@opentelemetry/api';
import { MetricService } from 'nestjs-otel';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { fromZero } from '../../platform/common/from-zero.js';
import { mailAddress } from '../../platform/common/mask.js';
import { Database } from '../../platform/database/database.js';
import { validate } from '../../platform/http/validation/validation.js';
import { MailQueue } from '../../platform/mail/mail-queue.js';
import { telemetryConfig } from '../../platform/observability/telemetry.config.js';
import { knownSource, SIGNUP_SOURCE } from '../../platform/observability/tracing/propagation.js';
import { inSpan } from '../../platform/observability/tracing/spans.js';
import { Traced } from '../../platform/observability/tracing/traced.decorator.js';
import { MailedTokens } from '../credentials/mailed-tokens/mailed-tokens.js';
import { PasswordHasher } from '../credentials/passwords/password-hasher.js';
import { PasswordRules } from '../credentials/passwords/password-rules.js';
import { tiers } from '../users/fields/user-fields.js';
import type { User } from '../users/user.entity.js';
import { EmailTaken } from '../users/user.errors.js';
import { usersConfig } from '../users/users.config.js';
import { UsersRepository } from '../users/users.repository.js';
import { creation, newUser } from './new-user.js';
import { createUserRequest, type CreateUserRequest } from './sign-up.schemas.js';
import { faultOf, fromSource } from './sign-up.spans.js';

/** Creates users. The access guard has checked the caller before. */
@Injectable()
export class SignUp {
  private readonly created: Counter;

  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly passwords: PasswordHasher,
    private readonly rules: PasswordRules,
    private readonly audit: AuditLog,
    private readonly tokens: MailedTokens,
    private readonly mails: MailQueue,
    @Inject(telemetryConfig.KEY) private readonly telemetry: ConfigType<typeof telemetryConfig>,
    @Inject(usersConfig.KEY) private readonly config: ConfigType<typeof usersConfig>,
    @InjectPinoLogger('users') private readonly logger: PinoLogger,
    metrics: MetricService,
  ) {
    this.created = metrics.getCounter('users_created_total', {
      unit: '{user}',
      description: 'Users created.',
    });
    fromZero(this.created, { signup_source: [...config.signupSources, 'other'], user_tier: tiers });
  }

  /**
   * Creates a user; its row, its audit record and its welcome mail with a token are committed together.
   * @param input unvalidated: validation is part of the span.
   * @throws RequestInvalid, EmailTaken, Overloaded, DependencyUnavailable
   */
  @Traced('user_service.create_user')
  async create(input: unknown): Promise<User> {
    const span = trace.getActiveSpan();
    try {
      const request = await this.validated(input);
      const source = this.describe(span, request);
      const user = await fromSource(source, () => this.createValidated(request, source));
      span?.setAttributes({ 'user.id': user.id, 'operation.result': 'success' });
      return user;
    } catch (error) {
      span?.setAttribute('operation.result', 'failed');
      throw error;
    }
  }

  private async createValidated(request: CreateUserRequest, source: string): Promise<User> {
    // Avoids hashing for a taken address; the unique index decides.
    await inSpan('check_user_exists', async (span) => {
      const exists = await this.users.emailExists(request.email);
      span.setAttribute('user.exists', exists);
      if (!exists) return;
      span.setAttribute('conflict.type', 'duplicate_email');
      throw new EmailTaken();
    });
    const user = newUser(request, await this.hashed(request.password));
    await inSpan('create_user_record', () => this.save(user), {
      attributes: { 'user.id': user.id, 'user.status': user.status },
    });
    this.database.afterCommit(() => {
      this.created.add(1, { signup_source: source, user_tier: user.tier });
      this.logger.info({ user_id: user.id, signup_source: source }, 'user created');
    });
    return user;
  }

  @Traced('user_service.save_user', { 'db.operation': 'INSERT', 'db.table': 'users' })
  private async save(user: User): Promise<void> {
    trace.getActiveSpan()?.setAttribute('db.record_id', user.id);
    const token = this.tokens.tokenFor(user.id, 'verify_email');
    await this.database.commit(
      this.users.insertion(user),
      this.audit.insertion(creation(user)),
      this.tokens.insertion(token),
      this.mails.insertion({ template: 'welcome', user_id: user.id, token_id: token.id }),
    );
  }

  private async hashed(password: string | undefined): Promise<string | null> {
    // Hashed off the event loop and outside the transaction: it takes longer than all the rest.
    return password === undefined ? null : this.passwords.hash(password);
  }

  private async validated(input: unknown): Promise<CreateUserRequest> {
    return inSpan('validate_user_data', async (span) => {
      try {
        const request = validate(createUserRequest, input);
        if (request.password !== undefined) this.rules.check(request.password, request);
        // Names of valid fields, so that clients cannot put arbitrary names into spans.
        const fields = Object.keys(request).join(',');
        span.setAttributes({ 'validation.fields': fields, 'validation.result': 'success' });
        return request;
      } catch (error) {
        span.setAttributes({ 'validation.result': 'failed', ...faultOf(error) });
        throw error;
      }
    });
  }

  /** @returns the source for logs and labels. */
  private describe(
    span: Span | undefined,
    { email, source = 'unknown' }: CreateUserRequest,
  ): string {
    span?.setAttributes({
      [SIGNUP_SOURCE]: source,
      'user.email': mailAddress(email, this.telemetry.pii),
    });
    return knownSource(source, this.config.signupSources);
  }
}
