import { z } from 'zod';

import { cursorOf } from '../common/cursor.js';
import { pageLimit, timestamp, uuid } from '../common/primitives.js';
import type { AuditAction } from '../declarations/audit-actions.js';

const instant = z.iso
  .datetime({ offset: true, error: 'must be a time in ISO 8601 with its offset' })
  .transform((text) => new Date(text))
  .meta({ examples: ['2026-01-31T09:00:00Z'], type: 'string', format: 'date-time' });

/** @param actions by which the log can be filtered. */
export const listAuditQuery = (actions: readonly AuditAction[]) =>
  z.strictObject({
    limit: pageLimit,
    cursor: cursorOf(z.tuple([uuid])).optional(),
    target_id: uuid.optional(),
    actor_id: uuid.optional().describe('The user or API key that acted'),
    since: instant.optional().describe('ISO 8601, inclusive'),
    until: instant.optional().describe('ISO 8601, exclusive'),
    action: z.enum(actions, { error: 'must be a known action' }).optional(),
  });

export const auditPage = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        at: timestamp,
        action: z.string(),
        actor: z.object({
          kind: z.enum(['anonymous', 'user', 'service', 'command', 'system']),
          id: z.uuid().nullable(),
        }),
        target_id: z.uuid().nullable(),
        ip: z.string().nullable(),
        request_id: z.string().nullable(),
        details: z.record(z.string(), z.unknown()),
      }),
    ),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'AuditPage' });

export type ListAuditQuery = z.infer<ReturnType<typeof listAuditQuery>>;
export type AuditPage = z.infer<typeof auditPage>;
