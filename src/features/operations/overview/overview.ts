import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { appConfig } from '../../../platform/app/app.config.js';
import { PoolMetrics } from '../../../platform/database/pool-metrics.js';
import { Readiness } from '../../../platform/health/readiness.js';
import { JobAdmin, type QueueBacklog } from '../../../platform/jobs/queue/job-admin.js';
import { LogLevel } from '../../../platform/observability/logging/log-level.js';
import { DependencyUnavailable } from '../../../platform/problems/problem.js';
import { breakerStates } from '../../../platform/resilience/circuit-breaker.js';
import type { OverviewResponse } from './overview.schemas.js';

/** The state of this replica, and of the queues of all. */
@Injectable()
export class Overview {
  constructor(
    @Inject(appConfig.KEY) private readonly config: ConfigType<typeof appConfig>,
    @Inject(LogLevel) private readonly logLevel: LogLevel,
    private readonly readiness: Readiness,
    private readonly pool: PoolMetrics,
    private readonly jobs: JobAdmin,
  ) {}

  /** It answers without a database, too: then it is needed most. */
  async now(): Promise<OverviewResponse> {
    const { version, buildId, environment, podName } = this.config;
    const { level, until } = this.logLevel.current;
    const [report, queues] = await Promise.all([this.readiness.report(), this.queues()]);
    return {
      version,
      build_id: buildId,
      environment,
      pod: podName ?? null,
      ...report,
      pool: this.pool.state(),
      queues,
      breakers: breakerStates(),
      log_level: level.toUpperCase(),
      log_level_until: until?.toISOString() ?? null,
    };
  }

  private async queues(): Promise<QueueBacklog[] | null> {
    try {
      return await this.jobs.backlog();
    } catch (error) {
      if (error instanceof DependencyUnavailable) return null;
      throw error;
    }
  }
}
