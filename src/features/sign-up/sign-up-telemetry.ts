import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { context, type Counter, propagation, trace } from '@opentelemetry/api';
import { MetricService } from 'nestjs-otel';

import { fromZero } from '../../platform/common/from-zero.js';
import { mailAddress } from '../../platform/common/mask.js';
import { RequestInvalid } from '../../platform/http/problems/problem.js';
import { telemetryConfig } from '../../platform/observability/telemetry.config.js';
import { knownSource, SIGNUP_SOURCE } from '../../platform/observability/tracing/propagation.js';
import { inSpan } from '../../platform/observability/tracing/spans.js';
import { tiers } from '../users/user-fields.js';
import type { User } from '../users/user.entity.js';
import { EmailTaken } from '../users/user.errors.js';
import { usersConfig } from '../users/users.config.js';
import type { CreateUserRequest } from './sign-up.schemas.js';

/** Spans and the metric of sign-up, beside the code that signs up. */
@Injectable()
export class SignUpTelemetry {
  private readonly created: Counter;

  constructor(
    @Inject(telemetryConfig.KEY) private readonly config: ConfigType<typeof telemetryConfig>,
    @Inject(usersConfig.KEY) private readonly users: ConfigType<typeof usersConfig>,
    metrics: MetricService,
  ) {
    this.created = metrics.getCounter('users_created_total', {
      unit: '{user}',
      description: 'Users created.',
    });
    fromZero(this.created, { signup_source: [...users.signupSources, 'other'], user_tier: tiers });
  }

  /**
   * The whole of a creation, from input nobody has looked at yet, in the active span. The source
   * travels on as baggage, to the mail job as well.
   */
  async creation(
    input: unknown,
    validate: (input: unknown) => CreateUserRequest,
    create: (request: CreateUserRequest) => Promise<User>,
  ): Promise<User> {
    const span = trace.getActiveSpan();
    try {
      const request = await this.validation(input, validate);
      const source = request.source ?? 'unknown';
      const known = this.sourceOf(source);
      span?.setAttributes({
        [SIGNUP_SOURCE]: source,
        'user.email': mailAddress(request.email, this.config.pii),
      });
      const user = await context.with(withSource(known), () => create(request));
      span?.setAttributes({ 'user.id': user.id, 'operation.result': 'success' });
      this.created.add(1, {
        signup_source: known,
        user_tier: user.tier,
      });
      return user;
    } catch (error) {
      span?.setAttribute('operation.result', 'failed');
      throw error;
    }
  }

  /** A source as logs and labels may hold it. */
  sourceOf(source: string): string {
    return knownSource(source, this.users.signupSources);
  }

  /**
   * Spares hashing for an address that is taken; the unique index has the last word.
   * @throws EmailTaken
   */
  async existenceCheck(exists: () => Promise<boolean>): Promise<void> {
    await inSpan('check_user_exists', async (span) => {
      const found = await exists();
      span.setAttribute('user.exists', found);
      if (!found) return;
      span.setAttribute('conflict.type', 'duplicate_email');
      throw new EmailTaken();
    });
  }

  async record(user: User, save: () => Promise<void>): Promise<void> {
    await inSpan('create_user_record', save, {
      attributes: { 'user.id': user.id, 'user.status': user.status },
    });
  }

  private async validation(
    input: unknown,
    validate: (input: unknown) => CreateUserRequest,
  ): Promise<CreateUserRequest> {
    return inSpan('validate_user_data', async (span) => {
      try {
        const request = validate(input);
        // Names of fields that passed, so that clients cannot fill spans with names of their own.
        span.setAttributes({
          'validation.fields': Object.keys(request).join(','),
          'validation.result': 'success',
        });
        return request;
      } catch (error) {
        span.setAttribute('validation.result', 'failed');
        if (error instanceof RequestInvalid) span.setAttribute('validation.error', reason(error));
        throw error;
      }
    });
  }
}

/** `missing_email`, `invalid_name`: the first fault, by the field it is in. */
function reason({ faults: [fault] }: RequestInvalid): string {
  const known = /^\/(email|name|password|source|tier)$/.exec(fault?.pointer ?? '')?.[1];
  if (known === undefined) return 'invalid_request';
  return `${fault?.detail === 'is missing' ? 'missing' : 'invalid'}_${known}`;
}

function withSource(source: string) {
  const baggage = propagation.getActiveBaggage() ?? propagation.createBaggage();
  return propagation.setBaggage(
    context.active(),
    baggage.setEntry(SIGNUP_SOURCE, { value: source }),
  );
}
