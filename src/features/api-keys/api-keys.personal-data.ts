import { z } from 'zod';

import { timestamp } from '../../platform/common/primitives.js';
import { isoTime } from '../../platform/database/statements/iso-time.js';
import { olderThanDays, type PersonalData } from '../../platform/declarations/personal-data.js';

const createdKey = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.string()),
  created_at: timestamp,
});

export const apiKeyData: readonly PersonalData[] = [
  {
    table: 'public.api_keys',
    export: {
      key: 'api_keys',
      without: {
        created_by: 'It is this user.',
        expires_at: 'A property of a service.',
        last_used_at: 'A property of a service.',
      },
      schema: z.array(createdKey.meta({ description: 'A key that the user created' })),
      sql: `SELECT id, name, scopes, ${isoTime('created_at')} AS created_at
  FROM public.api_keys WHERE created_by = $1 ORDER BY id`,
    },
    // Services depend on the key: it outlives who created it.
    erasure: {
      sql: 'UPDATE public.api_keys SET created_by = NULL WHERE created_by = ANY($1::uuid[])',
    },
    retention: {
      kind: 'tokens',
      key: 'id',
      over: olderThanDays('expires_at'),
      uncounted: true,
    },
  },
  {
    table: 'public.api_key_secrets',
    export: { none: 'Hashes of credentials of services, not of the user.' },
    erasure: { none: 'They belong to services.' },
    retention: {
      kind: 'tokens',
      key: 'digest',
      over: olderThanDays('valid_until'),
      uncounted: true,
    },
  },
];
