import { z } from 'zod';

import { cursorOf } from '../common/cursor.js';
import { pageLimit, timestamp, uuid } from '../common/primitives.js';
import { auditActions } from '../declarations/audit-actions.js';

const known = new Set<string>(auditActions);

/** Adds the actions of features: the values of the filter. */
export function addAuditActions(names: readonly string[]): void {
  for (const name of names) known.add(name);
}

export const listAuditQuery = z.strictObject({
  limit: pageLimit,
  cursor: cursorOf(z.tuple([uuid])).optional(),
  target_id: uuid.optional(),
  // Features add theirs after this is loaded.
  action: z.lazy(() => z.enum([...known], { error: 'must be a known action' })).optional(),
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

export type ListAuditQuery = z.infer<typeof listAuditQuery>;
export type AuditPage = z.infer<typeof auditPage>;
