import { z } from 'zod';

import { timestamp } from '../common/primitives.js';
import { isoTime } from '../database/statements/iso-time.js';
import { olderThanDays, type PersonalData } from '../declarations/personal-data.js';

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

export const auditData: PersonalData = {
  table: 'public.audit_log',
  place: 7,
  export: {
    key: 'audit_log',
    without: {
      id: 'Says nothing about the user.',
      actor_id: 'Exported as by_user: another id belongs to that person.',
      target_id: 'Exported as about_user: another id belongs to that person.',
    },
    schema: z.array(auditEntry),
    // Actor and address of other people are their data and not part of it.
    sql: `SELECT ${isoTime('at')} AS at, action, actor_kind,
       actor_id IS NOT DISTINCT FROM $1 AS by_user,
       target_id IS NOT DISTINCT FROM $1 AS about_user,
       CASE WHEN actor_id = $1 OR actor_kind = 'anonymous' THEN host(ip) END AS ip,
       request_id, details
  FROM (SELECT * FROM public.audit_log WHERE target_id = $1
         UNION SELECT * FROM public.audit_log WHERE actor_id = $1) AS entries
 ORDER BY id`,
  },
  erasure: { none: 'Nothing but clean-up shortens the record of acts.' },
  retention: {
    kind: 'audit_log',
    key: 'id',
    over: olderThanDays('at'),
    before: `SET LOCAL user_api.audit_cleanup = 'on'`,
  },
};
