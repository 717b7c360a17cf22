import { z } from 'zod';

import { timestamp } from '../common/primitives.js';
import { isoTime } from '../database/statements/iso-time.js';
import { olderThanDays, type PersonalData } from '../declarations/personal-data.js';

const answer = z.object({
  request: z.string().describe('Method and route'),
  key: z.string().nullable().describe('`Idempotency-Key`; nothing where another caller chose it'),
  status: z.int().nullable().describe('Nothing while the request is in flight'),
  headers: z.record(z.string(), z.string()).nullable(),
  body: z.unknown(),
  created_at: timestamp,
});

/** The user in an answer, as it is indexed. */
const SUBJECT = `substring(body FROM '^\\{"id":"([0-9a-f-]{36})"')`;

export const idempotencyData: PersonalData = {
  table: 'public.idempotency_keys',
  place: 4,
  export: {
    key: 'idempotent_answers',
    without: {
      scope: 'Exported as the request, without the caller.',
      fingerprint: 'A keyed hash of the body.',
      locked_until: 'The state of a request in flight.',
      holder: 'The state of a request in flight.',
    },
    schema: z
      .array(answer)
      .describe('Answers kept for repeated requests, by this user or about this user'),
    // Answers to the user, and answers to others with data of the user, without their keys.
    sql: `SELECT substr(scope, strpos(scope, ' ') + 1) AS request,
       CASE WHEN split_part(scope, ' ', 1) = 'user:' || $1 THEN key END AS key,
       status, headers, body::json AS body, ${isoTime('created_at')} AS created_at
  FROM (SELECT * FROM public.idempotency_keys WHERE split_part(scope, ' ', 1) = 'user:' || $1
         UNION SELECT * FROM public.idempotency_keys WHERE ${SUBJECT} = $1) AS answers
 ORDER BY created_at`,
  },
  erasure: { none: 'Answers go when they are old, long before a deleted user is erased.' },
  retention: { kind: 'idempotency_keys', over: olderThanDays('created_at') },
};
