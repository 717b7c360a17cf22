import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { metrics } from '@opentelemetry/api';
import { DataSource } from 'typeorm';

import { poolOf } from './connection/pool-of.js';
import { Database } from './database.js';

export interface PoolState {
  readonly active: number;
  readonly idle: number;
  readonly waiting: number;
  readonly max: number;
}

/** Connections of the pool by state, and waiting requests. */
@Injectable()
export class PoolMetrics implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    const meter = metrics.getMeter('database');
    meter
      .createObservableGauge('db_pool_connections', {
        unit: '{connection}',
        description:
          'Database connections of the pool: active, idle; and requests waiting for one.',
      })
      .addCallback((result) => {
        const { max: _, ...states } = this.state();
        for (const [state, count] of Object.entries(states)) result.observe(count, { state });
      });
    meter
      .createObservableGauge('db_pool_connections_max', {
        unit: '{connection}',
        description: 'Most connections the pool opens.',
      })
      .addCallback((result) => {
        const pool = poolOf(this.dataSource);
        if (pool) result.observe(pool.options.max);
      });
  }

  /** Connections that work and that are idle, requests waiting for one, and most connections. */
  state(): PoolState {
    const pool = poolOf(this.dataSource);
    const [total, idle] = [pool?.totalCount ?? 0, pool?.idleCount ?? 0];
    const waiting = (pool?.waitingCount ?? 0) + this.database.waitingWrites;
    return { active: total - idle, idle, waiting, max: pool?.options.max ?? 0 };
  }
}
