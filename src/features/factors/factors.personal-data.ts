import { z } from 'zod';

import { timestamp } from '../../platform/common/primitives.js';
import { isoTime } from '../../platform/database/statements/iso-time.js';
import { olderThanDays, type PersonalData } from '../../platform/declarations/personal-data.js';
import { factorTypes } from './factor.entity.js';

const factor = z.object({
  id: z.uuid(),
  type: z.enum(factorTypes),
  name: z.string().nullable(),
  created_at: timestamp,
  confirmed_at: timestamp.nullable(),
  last_used_at: timestamp.nullable(),
});

const passkey = z.object({
  id: z.uuid(),
  credential_id: z.string().describe('In base64url'),
  public_key: z.string().describe('COSE key in base64url'),
  counter: z.string().describe('That of the last signature'),
  transports: z.array(z.string()),
  rp_id: z.string().nullable().describe('Domain that it belongs to, once it is known'),
});

export const factorsData: readonly PersonalData[] = [
  {
    table: 'public.factors',
    export: {
      key: 'factors',
      without: {
        secret: 'Whoever reads it can sign in.',
        last_step: 'The time is exported, as last_used_at.',
        last_code_hash:
          'It stands for a code that is used up. The time is exported, as last_used_at.',
      },
      schema: z.array(factor).describe('Second factors, without their secrets'),
      sql: `SELECT id, type, name, ${isoTime('created_at')} AS created_at,
       ${isoTime('confirmed_at')} AS confirmed_at, ${isoTime('last_used_at')} AS last_used_at
  FROM public.factors WHERE user_id = $1 ORDER BY id`,
    },
    erasure: 'cascade',
    // The user decides about confirmed ones.
    retention: {
      kind: 'tokens',
      key: 'id',
      over: `confirmed_at IS NULL AND ${olderThanDays('created_at')}`,
      uncounted: true,
    },
  },
  {
    table: 'public.recovery_codes',
    export: { none: 'A hash proves identity and says nothing about it.' },
    erasure: 'cascade',
    retention: { none: 'Codes are kept until they are used or replaced; they go with the factor.' },
  },
  {
    table: 'public.passkeys',
    export: {
      key: 'passkeys',
      without: { factor_id: 'It is exported as id: that of the factor.' },
      schema: z.array(passkey).describe('What passkeys are checked by'),
      sql: `SELECT p.factor_id AS id, translate(encode(p.credential_id, 'base64'), E'+/=\\n', '-_') AS credential_id,
       translate(encode(p.public_key, 'base64'), E'+/=\\n', '-_') AS public_key, p.counter::text AS counter, p.transports, p.rp_id
  FROM public.passkeys p JOIN public.factors f ON f.id = p.factor_id WHERE f.user_id = $1 ORDER BY p.factor_id`,
    },
    erasure: 'cascade',
    retention: { none: 'The user decides; they go with the factor.' },
  },
  {
    table: 'public.passkey_challenges',
    export: { none: 'Random bytes that live five minutes.' },
    erasure: 'cascade',
    // Sooner than other tokens: anybody can ask for one, and nothing is to be learned from old ones.
    retention: {
      kind: 'tokens',
      key: 'id',
      over: `expires_at < now() - make_interval(days => least($1, 1))`,
      uncounted: true,
    },
  },
];
