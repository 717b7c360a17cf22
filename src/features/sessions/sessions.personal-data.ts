import { z } from 'zod';

import { timestamp } from '../../platform/common/primitives.js';
import { assuranceLevels } from '../../platform/common/request/principal.js';
import { isoTime } from '../../platform/database/statements/iso-time.js';
import { olderThanDays, type PersonalData } from '../../platform/declarations/personal-data.js';

const session = z.object({
  id: z.uuid(),
  created_at: timestamp,
  last_used_at: timestamp,
  expires_at: timestamp,
  ended_at: timestamp.nullable(),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  device_id: z.uuid().nullable().describe('Which device token came with it'),
  acr: z.enum(assuranceLevels).describe('How well the user proved who they are'),
  amr: z.array(z.string()).describe('By which methods, RFC 8176'),
  auth_time: timestamp,
});

const loginToken = z.object({
  created_at: timestamp,
  expires_at: timestamp,
  used_at: timestamp.nullable(),
  tries: z.int(),
  source: z.string().describe('The network that the first factor came from'),
  device_id: z.uuid().nullable(),
  amr: z.array(z.string()).describe('The methods of the first factor, RFC 8176'),
});

export const sessionData: readonly PersonalData[] = [
  {
    table: 'public.sessions',
    place: 1,
    export: {
      key: 'sessions',
      without: {
        credentials_version: 'A counter of the account, for comparison only.',
        factor_id: 'The factors are exported, with when they were used.',
        step_up_tries: 'A counter that a right factor sets back.',
        step_up_failures: 'A counter that a right factor sets back.',
      },
      schema: z.array(session),
      sql: `SELECT id, ${isoTime('created_at')} AS created_at, ${isoTime('last_used_at')} AS last_used_at,
       ${isoTime('expires_at')} AS expires_at, ${isoTime('ended_at')} AS ended_at, host(ip) AS ip, user_agent, device_id,
       acr, amr, ${isoTime('auth_time')} AS auth_time
  FROM public.sessions WHERE user_id = $1 ORDER BY id`,
    },
    erasure: 'cascade',
    retention: {
      kind: 'sessions',
      key: 'id',
      over: olderThanDays('coalesce(ended_at, expires_at)'),
    },
  },
  {
    table: 'public.refresh_tokens',
    place: 3,
    export: { none: 'A hash proves identity and says nothing about it.' },
    erasure: 'cascade',
    retention: { kind: 'tokens', over: olderThanDays('least(used_at, expires_at)') },
  },
  {
    table: 'public.login_tokens',
    export: {
      key: 'login_tokens',
      without: {
        id: 'Says nothing about the user.',
        token_hash: 'A hash proves identity and says nothing about it.',
        credentials_version: 'A counter of the account, for comparison only.',
        factor_ids: 'The factors are exported.',
      },
      schema: z.array(loginToken).describe('Sign-ins that waited for the second factor'),
      sql: `SELECT ${isoTime('created_at')} AS created_at, ${isoTime('expires_at')} AS expires_at,
       ${isoTime('used_at')} AS used_at, tries, source, device_id, amr
  FROM public.login_tokens WHERE user_id = $1 ORDER BY id`,
    },
    erasure: 'cascade',
    retention: { kind: 'tokens', key: 'id', over: olderThanDays('expires_at'), uncounted: true },
  },
];
