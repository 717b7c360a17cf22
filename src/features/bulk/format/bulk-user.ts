import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';

import { storedEmail, type StoredEmail } from '../../../platform/common/email-address.js';
import type { Role } from '../../../platform/common/request/principal.js';
import {
  emailField,
  nameField,
  roleField,
  sourceField,
  type Status,
  statusField,
  type Tier,
  tierField,
} from '../../users/fields/user-fields.js';
import { passwordHashFault } from './password-hash-fault.js';

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

/** A user of a file, ready for its row. */
export interface BulkUser extends StoredEmail {
  readonly id: string;
  readonly name: string;
  readonly password_hash: string | null;
  readonly status: Status;
  readonly role: Role;
  readonly tier: Tier;
  readonly source: string;
  readonly email_verified: boolean;
  readonly created_at: Date;
  readonly updated_at: Date;
}

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
  email: emailField,
  name: nameField,
  password_hash: passwordHash.optional(),
  role: roleField.optional(),
  tier: tierField.optional(),
  status: statusField.optional(),
  source: sourceField,
  email_verified: bool.optional(),
  created_at: createdAt.optional(),
});

/**
 * A record of a file as a user, or the reason why it is invalid: columns and rules, never a value.
 * Empty fields and nulls count as missing.
 */
export function toUser(record: Record<string, unknown>): BulkUser | { readonly fault: string } {
  const given = Object.entries(record).filter(([, value]) => value !== '' && value !== null);
  const { data, error } = bulkUser.safeParse(Object.fromEntries(given));
  if (error) return { fault: [...new Set(error.issues.map(faultOf))].join('; ') };
  const now = new Date();
  const created = data.created_at ?? now;
  return {
    // Ids are in the order of creation, even for old users.
    id: uuidv7({ msecs: created.getTime() }),
    ...storedEmail(data.email),
    name: data.name,
    password_hash: data.password_hash ?? null,
    status: data.status ?? 'active',
    role: data.role ?? 'user',
    tier: data.tier ?? 'free',
    source: data.source ?? 'import',
    email_verified: data.email_verified ?? false,
    created_at: created,
    updated_at: now,
  };
}

function faultOf({ code, path: [column], message }: z.core.$ZodIssue): string {
  if (code === 'unrecognized_keys' || column === undefined) return 'has unknown columns';
  return `${String(column)} ${message}`;
}
