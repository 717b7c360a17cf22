import { z } from 'zod';

import { timestamp } from '../../platform/common/primitives.js';
import { jobStates } from '../../platform/jobs/job-admin.js';
import { tierChange } from '../tiers/tier.schemas.js';
import { userResponse } from '../users/user.schemas.js';

const session = z.object({
  id: z.uuid(),
  created_at: timestamp,
  last_used_at: timestamp,
  expires_at: timestamp,
  ended_at: timestamp.nullable(),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  device_id: z.uuid().nullable().describe('Which device token came with it'),
});

const failures = z.object({
  origin: z
    .string()
    .describe('A network, `device:<id>` of a device token, or `account` for all together'),
  count: z.int(),
  first_at: timestamp,
  last_at: timestamp,
});

const answer = z.object({
  request: z.string().describe('Method and route'),
  key: z.string().nullable().describe('`Idempotency-Key`; nothing where another caller chose it'),
  status: z.int().nullable().describe('Nothing while the request is in flight'),
  headers: z.record(z.string(), z.string()).nullable(),
  body: z.unknown(),
  created_at: timestamp,
});

const mailedToken = z.object({
  purpose: z.string(),
  created_at: timestamp,
  expires_at: timestamp,
  used_at: timestamp.nullable(),
});

const job = z.object({
  id: z.uuid(),
  queue: z.string().describe('What it does'),
  state: z.enum(jobStates).describe('`failed` after the last attempt'),
  retry_count: z.int(),
  created_at: timestamp,
  started_at: timestamp.nullable(),
  completed_at: timestamp.nullable(),
  payload: z.record(z.string(), z.unknown()).nullable().describe('What it was given'),
});

const auditEntry = z.object({
  at: timestamp,
  action: z.string(),
  actor_kind: z.string(),
  by_user: z.boolean().describe('Whether this user did it'),
  about_user: z.boolean().describe('Whether it was done to this user'),
  ip: z.string().nullable(),
  request_id: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});

export const userDataExport = z
  .object({
    exported_at: timestamp,
    user: userResponse,
    sessions: z.array(session),
    known_sources: z
      .array(z.object({ source: z.string(), last_at: timestamp }))
      .describe('Networks this user has signed in from'),
    sign_in_failures: z.array(failures).describe('Wrong passwords that count towards the lockout'),
    idempotent_answers: z
      .array(answer)
      .describe('Answers kept for repeated requests, by this user or about this user'),
    mailed_tokens: z.array(mailedToken),
    tier_changes: z.array(tierChange).describe('Changes to paid tiers, and what became of them'),
    jobs: z.array(job).describe('Background work for this user: waiting, under way, and ended'),
    audit_log: z.array(auditEntry),
  })
  .meta({ id: 'UserDataExport' });

export type UserDataExport = z.infer<typeof userDataExport>;
