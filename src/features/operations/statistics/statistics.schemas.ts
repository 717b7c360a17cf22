import { z } from 'zod';

import { MAX_DAYS } from '../../../platform/figures/figures.personal-data.js';

const DEFAULT_DAYS = 30;

const RANGE = `must be a whole number from 1 to ${MAX_DAYS}`;

export const statisticsQuery = z.strictObject({
  days: z
    .string()
    .regex(/^\d{1,3}$/, { error: RANGE })
    .transform(Number)
    .refine((days) => days >= 1 && days <= MAX_DAYS, { error: RANGE })
    .default(DEFAULT_DAYS)
    .meta({ type: 'integer', minimum: 1, maximum: MAX_DAYS })
    .describe('Days up to today'),
});

const counts = z.record(z.string(), z.int());

const milliseconds = z.number();

const day = z
  .object({
    day: z.iso.date().describe('UTC'),
    sign_ups: counts.describe('By source, as in `users_created_total`'),
    sign_ins: counts.describe('Sessions opened, by method'),
    mails: counts.describe('Deliveries: `sent`, `failed` (tried again), `dead` (given up)'),
    requests: z.int().describe('Answered by the API, without probes and scrapes'),
    errors: z.int().describe('Of them with a status of 500 and above'),
    latency_ms: z
      .object({ p50: milliseconds, p95: milliseconds, p99: milliseconds })
      .nullable()
      .describe('Percentiles of their duration, from a histogram; null without requests'),
  })
  .meta({ id: 'DayStatistics' });

export const statisticsResponse = z
  .object({ days: z.array(day).describe('Oldest first, days without figures included') })
  .meta({ id: 'Statistics' });

export type StatisticsQuery = z.infer<typeof statisticsQuery>;
export type DayStatistics = z.infer<typeof day>;
export type StatisticsResponse = z.infer<typeof statisticsResponse>;
