import { z } from 'zod';

import { timestamp } from '../common/primitives.js';
import { tierChange } from './tiers/tier.schemas.js';
import { userResponse } from './user.schemas.js';

const session = z.object({
  id: z.uuid(),
  created_at: timestamp,
  last_used_at: timestamp,
  expires_at: timestamp,
  ended_at: timestamp.nullable(),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
});

const mailedToken = z.object({
  purpose: z.string(),
  created_at: timestamp,
  expires_at: timestamp,
  used_at: timestamp.nullable(),
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
    mailed_tokens: z.array(mailedToken),
    tier_changes: z.array(tierChange).describe('Changes to paid tiers, and what became of them'),
    audit_log: z.array(auditEntry),
  })
  .meta({ id: 'UserDataExport' });

export type UserDataExport = z.infer<typeof userDataExport>;
