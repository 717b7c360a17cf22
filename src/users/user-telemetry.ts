import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { type Counter, context, propagation } from '@opentelemetry/api';
import { MetricService } from 'nestjs-otel';

import { mailAddress } from '../common/mask.js';
import { telemetryConfig } from '../config/telemetry.config.js';
import { usersConfig } from '../config/users.config.js';
import { inSpan } from '../observability/spans.js';
import type { User } from './user.entity.js';
import { EmailTaken } from './user.errors.js';
import type { CreateUserRequest } from './user.schemas.js';

const SOURCE = 'user.signup_source';

/** Spans and the metric of sign-up, beside the code that signs up. */
@Injectable()
export class UserTelemetry {
  private readonly created: Counter;
  private readonly sources: ReadonlySet<string>;

  constructor(
    @Inject(telemetryConfig.KEY) private readonly config: ConfigType<typeof telemetryConfig>,
    @Inject(usersConfig.KEY) users: ConfigType<typeof usersConfig>,
    metrics: MetricService,
  ) {
    this.sources = new Set(users.signupSources);
    this.created = metrics.getCounter('users_created_total', { description: 'Users created.' });
  }

  /** The whole of a creation; the source travels on as baggage, to the mail job as well. */
  async creation(request: CreateUserRequest, work: () => Promise<User>): Promise<User> {
    const source = request.source ?? 'unknown';
    const baggage = (propagation.getActiveBaggage() ?? propagation.createBaggage()).setEntry(
      SOURCE,
      {
        value: source,
      },
    );
    return context.with(propagation.setBaggage(context.active(), baggage), () =>
      inSpan(
        'user_service.create_user',
        async (span) => {
          try {
            const user = await work();
            span.setAttributes({ 'user.id': user.id, 'operation.result': 'success' });
            this.created.add(1, {
              signup_source: this.sources.has(source) ? source : 'other',
              user_tier: user.tier,
            });
            return user;
          } catch (error) {
            span.setAttribute('operation.result', 'failed');
            throw error;
          }
        },
        {
          attributes: {
            [SOURCE]: source,
            'user.email': mailAddress(request.email, this.config.pii),
          },
        },
      ),
    );
  }

  /**
   * Spares hashing for an address that is taken; the unique index has the last word.
   * @throws EmailTaken
   */
  async existenceCheck(exists: () => Promise<boolean>): Promise<void> {
    await inSpan('check_user_exists', async (span) => {
      const found = await inSpan('user_service.get_user_by_email', exists, {
        attributes: { 'db.operation': 'SELECT', 'db.table': 'users' },
      });
      span.setAttribute('user.exists', found);
      if (!found) return;
      span.setAttribute('conflict.type', 'duplicate_email');
      throw new EmailTaken();
    });
  }

  async record(user: User, save: () => Promise<void>): Promise<void> {
    await inSpan(
      'create_user_record',
      async () =>
        inSpan('user_service.save_user', save, {
          attributes: { 'db.operation': 'INSERT', 'db.table': 'users', 'db.record_id': user.id },
        }),
      { attributes: { 'user.id': user.id, 'user.status': user.status } },
    );
  }
}
