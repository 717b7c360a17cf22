import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { HealthIndicatorService } from '@nestjs/terminus';
import { metrics } from '@opentelemetry/api';

import { type Dependency, healthConfig } from './health.config.js';
import { GuardedMailTransport } from '../mail/transports/guarded-mail-transport.js';
import { PaymentService } from '../payments/payment-service.js';
import { RedisConnection } from '../redis/redis-connection.js';
import { DatabaseCheck } from './database-check.js';
import { Drain } from '../app/drain.js';
import type { ReadinessResponse } from './health.schemas.js';

/**
 * Longest check, in milliseconds. With the caching below, a recovered dependency is reported within
 * 2 s: the failing check ends, its result expires, and the next check succeeds.
 */
const TIMEOUT_MS = 800;
/** How long a result is cached, so that many probes cost one check. */
const REUSE_MS = 1000;

type Details = Record<string, unknown>;
interface Result<Name = Dependency> {
  readonly name: Name;
  readonly up: boolean;
  readonly details: Details;
}

/** The checks: mail and payments are separate, so that a hanging one does not hide the other. */
type Asked = 'database' | 'redis' | 'email' | 'payment';
/** @returns details; @throws when down. */
type Check = (signal: AbortSignal) => Promise<Details>;

/** Readiness of this process. */
@Injectable()
export class Readiness implements OnModuleInit {
  private readonly checks: Record<Asked, Check>;

  constructor(
    @Inject(healthConfig.KEY) private readonly config: ConfigType<typeof healthConfig>,
    private readonly indicators: HealthIndicatorService,
    private readonly drain: Drain,
    database: DatabaseCheck,
    redis: RedisConnection,
    mail: GuardedMailTransport,
    payments: PaymentService,
  ) {
    this.checks = {
      database: async (signal) => ({ ...(await database.condition(signal)) }),
      redis: async () => assertUp(await redis.isUp(), { configured: redis.client !== undefined }),
      email: async (signal) => assertUp(await mail.isUp(signal)),
      payment: async (signal) => assertUp(await payments.isUp(signal)),
    };
  }

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
    const [database, redis, email, payment] = await Promise.all([
      this.check('database'),
      this.check('redis'),
      this.check('email'),
      this.check('payment'),
    ]);
    return [database, redis, combinedCheck(email, payment)];
  }

  private async check<Name extends Asked>(name: Name): Promise<Result<Name>> {
    const result = await this.indicators
      .check(name)
      .attempt(async ({ signal }) => this.checks[name](signal))
      .withTimeout(TIMEOUT_MS)
      .cacheFor(REUSE_MS);
    const { status, responseTime, pending_migrations, read_only, encoding, configured } = result[
      name
    ] as Details;
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
}

/** @returns the details. */
function assertUp(isUp: boolean, details: Details = {}): Details {
  if (!isUp) throw new Error('down');
  return details;
}

/** The external services as one check, with the state of each. */
function combinedCheck(...services: Result<Asked>[]): Result {
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
