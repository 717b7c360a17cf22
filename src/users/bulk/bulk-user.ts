import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';

import { roles } from '../../common/principal.js';
import { statuses, tiers, type User } from '../user.entity.js';
import { createUserRequest } from '../user.schemas.js';
import { passwordHashFault } from './password-hash.js';

/** Columns of an import or export, in the order they are written. */
export const bulkColumns = [
  'email',
  'name',
  'password_hash',
  'role',
  'tier',
  'status',
  'source',
  'email_verified',
  'created_at',
] as const;
export type BulkColumn = (typeof bulkColumns)[number];

const { email, name, source } = createUserRequest.shape;

const passwordHash = z.string({ error: 'must be text' }).superRefine((hash, context) => {
  const message = passwordHashFault(hash);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const bool = z.union([z.boolean(), z.stringbool()], { error: 'must be true or false' });

const createdAt = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 date with time and zone' })
  .transform((text) => new Date(text))
  .refine((date) => date.getTime() >= 0 && date.getTime() <= Date.now(), {
    error: 'must lie between 1970 and now',
  });

const bulkUser = z.strictObject({
  email,
  name,
  password_hash: passwordHash.optional(),
  role: z.enum(roles, { error: `must be one of ${roles.join(', ')}` }).optional(),
  tier: z.enum(tiers, { error: `must be one of ${tiers.join(', ')}` }).optional(),
  status: z.enum(statuses, { error: `must be one of ${statuses.join(', ')}` }).optional(),
  source,
  email_verified: bool.optional(),
  created_at: createdAt.optional(),
});

/**
 * A record of a file as a user, or why it cannot be one: columns and rules, never a value. Empty
 * fields and nulls are as good as missing.
 */
export function toUser(record: Record<string, unknown>): User | { readonly fault: string } {
  const given = Object.entries(record).filter(([, value]) => value !== '' && value !== null);
  const { data, error } = bulkUser.safeParse(Object.fromEntries(given));
  if (error) return { fault: [...new Set(error.issues.map(faultOf))].join('; ') };
  const now = new Date();
  const created = data.created_at ?? now;
  return {
    // The order of ids is the order of creation, for old users too.
    id: uuidv7({ msecs: created.getTime() }),
    email: data.email,
    name: data.name,
    password_hash: data.password_hash ?? null,
    status: data.status ?? 'active',
    role: data.role ?? 'user',
    tier: data.tier ?? 'free',
    source: data.source ?? 'import',
    email_verified: data.email_verified ?? false,
    version: 1,
    credentials_version: 1,
    created_at: created,
    updated_at: now,
    deleted_at: null,
  };
}

function faultOf({ code, path: [column], message }: z.core.$ZodIssue): string {
  if (code === 'unrecognized_keys' || column === undefined) return 'has unknown columns';
  return `${String(column)} ${message}`;
}
