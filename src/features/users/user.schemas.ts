import { z } from 'zod';

import { cursorOf } from '../../platform/common/cursor.js';
import {
  isWellFormed,
  line,
  pageLimit,
  timestamp,
  uuid,
} from '../../platform/common/primitives.js';
import { roles } from '../../platform/common/request/principal.js';
import { statuses, statusField, tierField, tiers } from './fields/user-fields.js';

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
    locale: z.string().describe('BCP 47; of mails and pages'),
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
        locale: 'en',
        created_at: '2026-11-22T20:00:00.000Z',
        updated_at: '2026-11-22T20:00:00.000Z',
      },
    ],
  });

/** A name's 200 code points in UTF-16 units, each grown to at most three by lower-casing. */
const LONGEST_KEY = 1200;

/** The plain list is ordered by id; a search by the matching text, then by id. */
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
    tier: tierField.optional(),
    q: line(1, 200).optional(),
  })
  .refine(({ cursor: key, q }) => key === undefined || (key.length === 2) === (q !== undefined), {
    error: 'must be a next_cursor of this list',
    path: ['cursor'],
  });

export const userPage = z
  .object({
    items: z.array(userResponse),
    next_cursor: z
      .string()
      .nullable()
      .describe('null at the end; before it, a page of a search may be short or empty'),
  })
  .meta({ id: 'UserPage' });

export type UserResponse = z.infer<typeof userResponse>;
export type ListUsersQuery = z.infer<typeof listUsersQuery>;
export type UserPage = z.infer<typeof userPage>;
