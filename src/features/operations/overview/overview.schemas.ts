import { z } from 'zod';

import { timestamp } from '../../../platform/common/primitives.js';
import { readinessResponse } from '../../../platform/health/health.schemas.js';

const count = z.int();

export const overviewResponse = z
  .object({
    version: z.string(),
    build_id: z.string(),
    environment: z.string(),
    pod: z.string().nullable().describe('The replica that answered'),
    ...readinessResponse.shape,
    pool: z
      .object({ active: count, idle: count, waiting: count, max: count })
      .describe('Database connections of this replica, and requests waiting for one'),
    queues: z
      .array(z.object({ queue: z.string(), waiting: count, active: count, failed: count }))
      .nullable()
      .describe('Jobs of all replicas; null while the database is down'),
    breakers: z
      .array(z.object({ name: z.string(), state: z.enum(['closed', 'half-open', 'open']) }))
      .describe('Circuit breakers of this replica'),
    log_level: z.string().describe('Of this replica'),
    log_level_until: timestamp
      .nullable()
      .describe('When the configured level returns; null while it is in force'),
  })
  .meta({ id: 'Overview' });

export type OverviewResponse = z.infer<typeof overviewResponse>;
