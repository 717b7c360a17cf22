import { z } from 'zod';

import { timestamp } from '../common/primitives.js';

export const livenessResponse = z
  .object({
    status: z.literal('healthy'),
    version: z.string(),
    environment: z.string(),
    timestamp,
  })
  .meta({ id: 'Liveness' });

export const readinessResponse = z
  .object({
    status: z.enum(['ready', 'not_ready']),
    checks: z.object({ database: z.boolean(), redis: z.boolean(), external_apis: z.boolean() }),
    details: z.record(z.string(), z.unknown()),
    timestamp,
  })
  .meta({ id: 'Readiness' });

export type LivenessResponse = z.infer<typeof livenessResponse>;
export type ReadinessResponse = z.infer<typeof readinessResponse>;
