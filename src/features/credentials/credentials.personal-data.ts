import { z } from 'zod';

import { timestamp } from '../../platform/common/primitives.js';
import { isoTime } from '../../platform/database/statements/iso-time.js';
import { olderThanDays, type PersonalData } from '../../platform/declarations/personal-data.js';
import { lockoutAccount } from './lockout/lockout.js';

const failures = z.object({
  origin: z
    .string()
    .describe(
      'A network, `device:<id>` of a device token, or for all together `account` (passwords) or `factors`',
    ),
  count: z.int(),
  first_at: timestamp,
  last_at: timestamp,
});

const mailedToken = z.object({
  purpose: z.string(),
  created_at: timestamp,
  expires_at: timestamp,
  used_at: timestamp.nullable(),
});

export const credentialsData: readonly PersonalData[] = [
  {
    table: 'public.sign_in_failures',
    place: 3,
    export: {
      key: 'sign_in_failures',
      without: {
        account: 'A hash of the address.',
      },
      schema: z
        .array(failures)
        .describe('Wrong passwords and second factors that count towards the lockout'),
      sql: `SELECT origin, count, ${isoTime('first_at')} AS first_at, ${isoTime('last_at')} AS last_at
  FROM public.sign_in_failures WHERE account = $1 ORDER BY origin`,
      subject: ({ email }) => lockoutAccount(email),
    },
    erasure: { none: 'Rows hold a hash of the address and go when they are old.' },
    retention: { kind: 'sessions', over: olderThanDays('last_at'), uncounted: true },
  },
  {
    table: 'public.known_sources',
    place: 2,
    export: {
      key: 'known_sources',
      schema: z
        .array(z.object({ source: z.string(), clients: z.array(z.string()), last_at: timestamp }))
        .describe('Networks this user has signed in from, and programs without their versions'),
      sql: `SELECT source, clients, ${isoTime('last_at')} AS last_at
  FROM public.known_sources WHERE user_id = $1 ORDER BY source`,
    },
    erasure: 'cascade',
    retention: { kind: 'sessions', over: olderThanDays('last_at'), uncounted: true },
  },
  {
    table: 'public.breached_passwords',
    export: {
      key: 'breached_passwords',
      without: {
        hash_digest: 'A hash proves identity and says nothing about it.',
      },
      schema: z
        .array(z.object({ found_at: timestamp }))
        .describe('When the password was found to be known from a data breach'),
      sql: `SELECT ${isoTime('found_at')} AS found_at
  FROM public.breached_passwords WHERE user_id = $1`,
    },
    erasure: 'cascade',
    retention: { none: 'One row for each user at most. Without it the mail would be sent again.' },
  },
  {
    table: 'public.mailed_tokens',
    place: 5,
    export: {
      key: 'mailed_tokens',
      without: {
        id: 'The token is derived from it.',
        token_hash: 'A hash proves identity and says nothing about it.',
      },
      schema: z.array(mailedToken),
      sql: `SELECT purpose, ${isoTime('created_at')} AS created_at,
       ${isoTime('expires_at')} AS expires_at, ${isoTime('used_at')} AS used_at
  FROM public.mailed_tokens WHERE user_id = $1 ORDER BY id`,
    },
    erasure: 'cascade',
    retention: { kind: 'tokens', key: 'id', over: olderThanDays('least(used_at, expires_at)') },
  },
];
