import { z } from 'zod';

import { timestamp } from '../common/primitives.js';
import { dependencies, type Fault } from './fault-registry.js';

const HOUR_SECONDS = 3600;
const MINUTE_MS = 60_000;

const effects = {
  latency_ms: z
    .int({ error: 'must be a whole number of milliseconds' })
    .min(1, { error: 'must be at least 1' })
    .max(MINUTE_MS, { error: 'must be at most a minute' })
    .optional()
    .meta({ description: 'Added before the request is looked at', examples: [500] }),
  status: z
    .union([z.literal(500), z.literal(503)], { error: 'must be 500 or 503' })
    .optional()
    .meta({ description: 'Answered instead of the own answer' }),
  dependency: z
    .enum(dependencies, { error: `must be one of ${dependencies.join(', ')}` })
    .optional()
    .meta({ description: 'Fails as if it were down' }),
};

const route = z
  .string({ error: 'must be text' })
  .regex(/^(\*|(GET|POST|PUT|PATCH|DELETE|HEAD) \/\S{0,200})$/, {
    error: 'must be a method and a route template, such as GET /users/:id, or *',
  })
  .meta({
    description: 'A route, or `*`: all but probes and this one, and work in the background',
    examples: ['GET /users/:id'],
  });

const faultRequest = z
  .strictObject({
    route,
    ...effects,
    probability: z
      .number({ error: 'must be a number' })
      .gt(0, { error: 'must be above 0' })
      .max(1, { error: 'must be at most 1' })
      .default(1)
      .meta({ description: 'Share of requests it meets' }),
    seconds: z
      .int({ error: 'must be a whole number of seconds' })
      .min(1, { error: 'must be at least 1' })
      .max(HOUR_SECONDS, { error: 'must be at most an hour' })
      .meta({ description: 'Until it ends by itself', examples: [60] }),
  })
  .refine(
    ({ latency_ms, status, dependency }) => (latency_ms ?? status ?? dependency) !== undefined,
    { error: 'must have latency_ms, status or dependency' },
  );

export const faultsRequest = z
  .strictObject({
    faults: z.array(faultRequest).min(1, { error: 'must not be empty' }).max(20, {
      error: 'must be at most 20',
    }),
  })
  .meta({ id: 'FaultsChange' });

export const faultsResponse = z
  .object({
    faults: z.array(
      z.object({
        route: z.string(),
        latency_ms: z.int().optional(),
        status: z.int().optional(),
        dependency: z.enum(dependencies).optional(),
        probability: z.number(),
        until: timestamp,
      }),
    ),
  })
  .meta({ id: 'Faults' });

export type FaultsRequest = z.infer<typeof faultsRequest>;
export type FaultsResponse = z.infer<typeof faultsResponse>;

export function toFault(request: FaultsRequest['faults'][number]): Fault {
  const { route: where, latency_ms: latencyMs, status, dependency, probability, seconds } = request;
  const until = new Date(Date.now() + seconds * 1000);
  return { route: where, latencyMs, status, dependency, probability, until };
}

export function toFaultsResponse(faults: readonly Fault[]): FaultsResponse {
  return {
    faults: faults.map(({ latencyMs, until, ...rest }) => ({
      ...rest,
      latency_ms: latencyMs,
      until: until.toISOString(),
    })),
  };
}
