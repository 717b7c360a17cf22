import { z } from 'zod';

import { cursorOf } from '../../platform/common/cursor.js';
import { roles } from '../../platform/common/principal.js';
import { isWellFormed, line, pageLimit, timestamp, uuid, within } from '../../platform/common/primitives.js';
import { currentRequest } from '../../platform/common/request-context.js';
import {
  emailField,
  nameField,
  roleField,
  sourceField,
  statuses,
  statusField,
  tierField,
  tiers,
} from './user-fields.js';
import { isCommonPassword } from '../credentials/common-passwords.js';
import { holdsWebAddress } from './web-address.js';

/** UTF-16 units. 128 normalised characters may be typed as letters with three marks each, of two units apiece. */
export const LONGEST_PASSWORD = 1024;

/**
 * NIST SP 800-63B-4 §3.1.1.2: length and a list of common ones, no rules of composition. Normalised, since keyboards
 * write the same character in different ways.
 */
export const newPassword = z
  .string({ error: 'must be text' })
  .refine(({ length }) => length <= LONGEST_PASSWORD, {
    error: 'must have 12 to 128 characters',
    abort: true,
  })
  .normalize('NFKC')
  .refine((value) => within(value, 12, 128), { error: 'must have 12 to 128 characters' })
  .refine((value) => isWellFormed(value), { error: 'must not contain control characters' })
  .refine((value) => value.length < 12 || !isCommonPassword(value), {
    error: 'is one of the most common passwords',
  })
  .meta({ format: 'password', minLength: 12, maxLength: 128, examples: ['correct horse battery'] });

/**
 * A name as the current request may give it. Who signs up, or renames themselves, has it printed in mails to
 * an address that may be another's: no links. Superusers, services and commands vouch for what they write.
 */
const givenName = nameField.refine((name) => isTrusted() || !holdsWebAddress(name), {
  error: 'must not contain a web address',
});

function isTrusted(): boolean {
  const principal = currentRequest()?.principal;
  if (principal?.kind === 'user') return principal.role === 'superuser';
  return principal?.kind !== 'anonymous';
}

export const createUserRequest = z
  .strictObject({
    email: emailField,
    name: givenName,
    password: newPassword.optional(),
    source: sourceField,
    tier: tierField.optional(),
  })
  .meta({ id: 'CreateUser' });

export const updateUserRequest = z
  .strictObject({
    name: givenName.optional(),
    email: emailField.optional(),
    password: newPassword.optional(),
    current_password: z
      .string({ error: 'must be text' })
      .max(LONGEST_PASSWORD, { error: 'is too long' })
      .optional(),
    status: statusField.optional(),
    role: roleField.optional(),
  })
  .refine((body) => Object.keys(body).length > 0, { error: 'must change something' })
  .meta({ id: 'UpdateUser' });

export const userResponse = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    status: z.enum(statuses),
    role: z.enum(roles),
    tier: z.enum(tiers),
    source: z.string(),
    email_verified: z.boolean(),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({
    id: 'User',
    examples: [
      {
        id: '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40',
        email: 'ada@example.com',
        name: 'Ada Lovelace',
        status: 'active',
        role: 'user',
        tier: 'free',
        source: 'web',
        email_verified: false,
        created_at: '2026-11-22T20:00:00.000Z',
        updated_at: '2026-11-22T20:00:00.000Z',
      },
    ],
  });

/** The answer to sign-ups that are not to disclose anything. */
export const signUpAccepted = z
  .object({ status: z.literal('accepted'), detail: z.string() })
  .meta({ id: 'SignUpAccepted' });

/** A name's 200 code points in UTF-16 units, each grown to at most three by lower-casing. */
const LONGEST_KEY = 1200;

/** Ids alone order the plain list; a search orders by what matched, then by id. */
const cursor = z.union([
  z.tuple([uuid]),
  z.tuple([z.string().max(LONGEST_KEY).refine(isWellFormed), uuid]),
]);

export const listUsersQuery = z
  .strictObject({
    limit: pageLimit,
    cursor: cursorOf(cursor).optional(),
    email: line(1, 254).optional(),
    status: statusField.optional(),
    q: line(1, 200).optional(),
  })
  .refine(({ cursor: key, q }) => key === undefined || (key.length === 2) === (q !== undefined), {
    error: 'must be a next_cursor of this list',
    path: ['cursor'],
  });

export const userPage = z
  .object({ items: z.array(userResponse), next_cursor: z.string().nullable() })
  .meta({ id: 'UserPage' });

export type CreateUserRequest = z.infer<typeof createUserRequest>;
export type UpdateUserRequest = z.infer<typeof updateUserRequest>;
export type SignUpAccepted = z.infer<typeof signUpAccepted>;
export type UserResponse = z.infer<typeof userResponse>;
export type ListUsersQuery = z.infer<typeof listUsersQuery>;
export type UserPage = z.infer<typeof userPage>;
