import { Inject, Injectable, type OnModuleInit, ServiceUnavailableException } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { type HealthCheckResult, HealthCheckService } from '@nestjs/terminus';
import { metrics } from '@opentelemetry/api';

import { type Dependency, healthConfig } from './health.config.js';
import { Drain } from '../app/drain.js';
import type { ReadinessResponse } from './health.schemas.js';
import { DatabaseIndicator } from './indicators/database.indicator.js';
import { EmailIndicator } from './indicators/email.indicator.js';
import { PaymentIndicator } from './indicators/payment.indicator.js';
import { RedisIndicator } from './indicators/redis.indicator.js';

type Details = Record<string, unknown>;
interface Result<Name = Dependency> {
  readonly name: Name;
  readonly up: boolean;
  readonly details: Details;
}

/** Readiness of this process. */
@Injectable()
export class Readiness implements OnModuleInit {
  constructor(
    @Inject(healthConfig.KEY) private readonly config: ConfigType<typeof healthConfig>,
    private readonly health: HealthCheckService,
    private readonly drain: Drain,
    private readonly database: DatabaseIndicator,
    private readonly redis: RedisIndicator,
    private readonly email: EmailIndicator,
    private readonly payment: PaymentIndicator,
  ) {}

  onModuleInit(): void {
    metrics
      .getMeter('health')
      .createObservableGauge('readiness_check', {
        unit: '1',
        description: 'Whether a check of /ready passes: 1 or 0.',
      })
      .addCallback(async (gauge) => {
        for (const { name, up } of await this.results()) gauge.observe(up ? 1 : 0, { check: name });
      });
  }

  /** All checks in parallel, each with its own time-out. Draining is never cached. */
  async report(): Promise<ReadinessResponse> {
    const results = await this.results();
    const details = Object.fromEntries(results.map((result) => [result.name, result.details]));
    const checks = Object.fromEntries(results.map(({ name, up }) => [name, up]));
    const pending = details['database']?.['pending_migrations'];
    const failed =
      this.drain.active ||
      (Array.isArray(pending) && pending.length > 0) ||
      results.some(({ name, up }) => !up && this.config.required.includes(name));
    return {
      status: failed ? 'not_ready' : 'ready',
      checks: checks as ReadinessResponse['checks'],
      details: { ...details, draining: this.drain.active },
      timestamp: new Date().toISOString(),
    };
  }

  private async results(): Promise<Result[]> {
    const { database, redis, email, payment } = await this.details();
    return [
      resultOf('database', database),
      resultOf('redis', redis),
      combinedCheck(resultOf('email', email), resultOf('payment', payment)),
    ];
  }

  /** The results of the indicators. Terminus throws them if one is down; `report` decides which count. */
  private async details(): Promise<Partial<Record<string, Details>>> {
    try {
      // Mail and payments are separate, so that a hanging one does not hide the other.
      const { details } = await this.health.check([
        this.database.check(),
        this.redis.check(),
        this.email.check(),
        this.payment.check(),
      ]);
      return details;
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      return (error.getResponse() as HealthCheckResult).details;
    }
  }
}

function resultOf<Name extends string>(name: Name, reported: Details = {}): Result<Name> {
  const { status, responseTime, pending_migrations, read_only, encoding, configured } = reported;
  return {
    name,
    // A database that refuses writes, or cannot store all text, counts as down.
    up: status === 'up' && read_only === undefined && encoding === undefined,
    // Listed details only: error messages hold addresses.
    details: {
      status,
      response_ms: responseTime,
      pending_migrations,
      read_only,
      encoding,
      configured,
    },
  };
}

/** The external services as one check, with the state of each. */
function combinedCheck(...services: Result<string>[]): Result {
  const up = services.every((service) => service.up);
  const states = services.map(({ name, details }) => [name, details['status']]);
  return {
    name: 'external_apis',
    up,
    details: {
      status: up ? 'up' : 'down',
      response_ms: Math.max(...services.map(({ details }) => Number(details['response_ms']))),
      ...Object.fromEntries(states),
    },
  };
}
