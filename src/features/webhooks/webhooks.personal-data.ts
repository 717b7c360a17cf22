import { z } from 'zod';

import { timestamp } from '../../platform/common/primitives.js';
import { isoTime } from '../../platform/database/statements/iso-time.js';
import { olderThanDays, type PersonalData } from '../../platform/declarations/personal-data.js';

const createdWebhook = z.object({
  id: z.uuid(),
  description: z.string().nullable(),
  created_at: timestamp,
});

/** Of deleted webhooks, and of events that are not stored any more. */
const ORPHANED = `webhook_id NOT IN (SELECT id FROM public.webhooks)`;

export const webhooksData: readonly PersonalData[] = [
  {
    table: 'public.webhooks',
    export: {
      key: 'webhooks',
      without: Object.fromEntries(
        ['url', 'types', 'status', 'updated_at', 'tried_since', 'created_by'].map((column) => [
          column,
          column === 'created_by' ? 'It is this user.' : 'A property of a service.',
        ]),
      ),
      schema: z.array(createdWebhook.meta({ description: 'A webhook that the user created' })),
      sql: `SELECT id, description, ${isoTime('created_at')} AS created_at
  FROM public.webhooks WHERE created_by = $1 ORDER BY id`,
    },
    // Services depend on the webhook: it outlives who created it.
    erasure: {
      sql: 'UPDATE public.webhooks SET created_by = NULL WHERE created_by = ANY($1::uuid[])',
    },
    retention: { none: 'In use until somebody deletes them.' },
  },
  {
    table: 'public.webhook_secrets',
    export: { none: 'Secrets of services, not of the user.' },
    erasure: { none: 'They belong to services.' },
    retention: {
      kind: 'tokens',
      key: 'id',
      over: olderThanDays('valid_until'),
      uncounted: true,
    },
  },
  {
    table: 'public.webhook_deliveries',
    export: { none: 'Which services were told of events: ids, and answers of these services.' },
    erasure: { none: 'They tell services that the user was erased.' },
    retention: {
      kind: 'tokens',
      key: 'id',
      over: `(state <> 'pending' AND ${olderThanDays('event_time')})
        OR event_time < (SELECT min(at) FROM public.events) OR ${ORPHANED}`,
      uncounted: true,
    },
  },
  {
    table: 'public.webhook_lanes',
    export: { none: 'Which users have events that wait for services.' },
    erasure: { none: 'They go when the last event is delivered.' },
    retention: {
      kind: 'tokens',
      over: `${ORPHANED} OR ${olderThanDays("'infinity'::timestamptz")}`,
      uncounted: true,
    },
  },
];
