import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import type { Counter } from '@opentelemetry/api';
import { MetricService } from 'nestjs-otel';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { fromZero } from '../../platform/common/from-zero.js';
import { DailyFigures } from '../../platform/figures/daily-figures.js';
import { knownSource } from '../../platform/observability/tracing/propagation.js';
import { tiers } from '../users/fields/user-fields.js';
import type { User } from '../users/user.entity.js';
import { usersConfig } from '../users/users.config.js';

/** Counts and logs users that were created over HTTP. */
@Injectable()
export class CreatedUsers {
  private readonly created: Counter;

  constructor(
    @Inject(usersConfig.KEY) private readonly config: ConfigType<typeof usersConfig>,
    @InjectPinoLogger('users') private readonly logger: PinoLogger,
    private readonly figures: DailyFigures,
    metrics: MetricService,
  ) {
    this.created = metrics.getCounter('users_created_total', {
      unit: '{user}',
      description: 'Users created.',
    });
    fromZero(this.created, { signup_source: [...config.signupSources, 'other'], user_tier: tiers });
  }

  /** Call it after the commit. */
  report({ id, tier, source }: User): void {
    const signup_source = knownSource(source, this.config.signupSources);
    this.created.add(1, { signup_source, user_tier: tier });
    this.figures.add('sign-ups', signup_source);
    this.logger.info({ user_id: id, signup_source }, 'user created');
  }
}
