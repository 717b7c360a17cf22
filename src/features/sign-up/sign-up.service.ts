import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { type Attributes, type Span, trace } from '@opentelemetry/api';

import { AuditLog } from '../../platform/audit/audit-log.js';
import { mailAddress } from '../../platform/common/mask.js';
import { Database } from '../../platform/database/database.js';
import { validate } from '../../platform/http/validation/validation.js';
import { RequestInvalid } from '../../platform/problems/problem.js';
import { brandingConfig } from '../../platform/branding/branding.config.js';
import { MailQueue } from '../../platform/mail/mail-queue.js';
import { telemetryConfig } from '../../platform/observability/telemetry.config.js';
import {
  knownSource,
  SIGNUP_SOURCE,
  withSignupSource,
} from '../../platform/observability/tracing/propagation.js';
import { inSpan } from '../../platform/observability/tracing/spans.js';
import { Traced } from '../../platform/observability/tracing/traced.decorator.js';
import { MailedTokens } from '../credentials/mailed-tokens/mailed-tokens.js';
import { PasswordHasher } from '../credentials/passwords/password-hasher.js';
import { PasswordRules } from '../credentials/passwords/password-rules.js';
import type { User } from '../users/user.entity.js';
import { EmailTaken } from '../users/user.errors.js';
import { usersConfig } from '../users/users.config.js';
import { UsersRepository } from '../users/users.repository.js';
import { CreatedUsers } from './created-users.js';
import { creation, newUser } from './new-user.js';
import { createUserRequest, type CreateUserRequest } from './sign-up.schemas.js';

/** Creates users. The access guard has checked the caller before. */
@Injectable()
export class SignUp {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly passwords: PasswordHasher,
    private readonly rules: PasswordRules,
    private readonly audit: AuditLog,
    private readonly tokens: MailedTokens,
    private readonly mails: MailQueue,
    private readonly created: CreatedUsers,
    @Inject(telemetryConfig.KEY) private readonly telemetry: ConfigType<typeof telemetryConfig>,
    @Inject(usersConfig.KEY) private readonly config: ConfigType<typeof usersConfig>,
    @Inject(brandingConfig.KEY) private readonly branding: ConfigType<typeof brandingConfig>,
  ) {}

  /**
   * Creates a user; its row, its audit record and its welcome mail with a token are committed together.
   * @param input unvalidated: validation is part of the span.
   * @param locale what the client prefers; the default one if it prefers none.
   * @throws RequestInvalid, EmailTaken, Overloaded, DependencyUnavailable
   */
  @Traced('user_service.create_user')
  async create(input: unknown, locale: string = this.branding.defaultLocale): Promise<User> {
    const span = trace.getActiveSpan();
    return reportResult(span, async () => {
      const request = await inSpan('validate_user_data', (step) => this.validated(input, step));
      const { email, password, source: given = 'unknown' } = request;
      const source = knownSource(given, this.config.signupSources);
      span?.setAttributes({
        [SIGNUP_SOURCE]: given,
        'user.email': mailAddress(email, this.telemetry.pii),
      });
      return withSignupSource(source, async () => {
        // Avoids hashing for a taken address; the unique index decides.
        await inSpan('check_user_exists', (step) => this.ensureFree(email, step));
        // Off the event loop and outside the transaction: it takes longer than all the rest.
        const hash = password === undefined ? null : await this.passwords.hash(password);
        const user = newUser(request, hash, locale);
        await inSpan('create_user_record', () => this.save(user), {
          attributes: { 'user.id': user.id, 'user.status': user.status },
        });
        this.database.afterCommit(() => this.created.report(user));
        return user;
      });
    });
  }

  private async validated(input: unknown, span: Span): Promise<CreateUserRequest> {
    try {
      const request = validate(createUserRequest, input);
      if (request.password !== undefined) await this.rules.enforce(request.password, request);
      // Names of valid fields, so that clients cannot put arbitrary names into spans.
      const fields = Object.keys(request).join(',');
      span.setAttributes({ 'validation.fields': fields, 'validation.result': 'success' });
      return request;
    } catch (error) {
      span.setAttributes({ 'validation.result': 'failed', ...faultOf(error) });
      throw error;
    }
  }

  private async ensureFree(email: string, span: Span): Promise<void> {
    const exists = await this.users.emailExists(email);
    span.setAttribute('user.exists', exists);
    if (!exists) return;
    span.setAttribute('conflict.type', 'duplicate_email');
    throw new EmailTaken();
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
}

/** Notes on the span of the operation how it ends. */
async function reportResult(span: Span | undefined, work: () => Promise<User>): Promise<User> {
  try {
    const user = await work();
    span?.setAttributes({ 'user.id': user.id, 'operation.result': 'success' });
    return user;
  } catch (error) {
    span?.setAttribute('operation.result', 'failed');
    throw error;
  }
}

/** The first fault of a request, by the field it is in: `missing_email`, `invalid_name`. */
function faultOf(error: unknown): Attributes {
  if (!(error instanceof RequestInvalid)) return {};
  const [fault] = error.faults;
  const known = /^\/(email|name|password|source|tier)$/.exec(fault?.pointer ?? '')?.[1];
  if (known === undefined) return { 'validation.error': 'invalid_request' };
  const kind = fault?.detail === 'is missing' ? 'missing' : 'invalid';
  return { 'validation.error': `${kind}_${known}` };
}
