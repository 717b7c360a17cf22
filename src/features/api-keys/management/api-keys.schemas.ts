import { z } from 'zod';

import { cursorOf } from '../../../platform/common/cursor.js';
import { line, pageLimit, timestamp, uuid } from '../../../platform/common/primitives.js';
import { EVERY_SCOPE } from '../../../platform/common/request/principal.js';

/** Days: ten years. */
const LONGEST_LIFE = 3650;
/** Seconds: thirty days. */
const LONGEST_GRACE = 2_592_000;

export const listApiKeysQuery = z.strictObject({
  limit: pageLimit,
  cursor: cursorOf(z.tuple([uuid])).optional(),
});

export const graceSeconds = z
  .int({ error: 'must be a whole number of seconds' })
  .min(0, { error: 'must not be negative' })
  .max(LONGEST_GRACE, { error: 'must be at most thirty days' })
  .default(3600);

export const expiresInDays = z
  .int({ error: 'must be a whole number of days' })
  .min(1, { error: 'must be at least 1' })
  .max(LONGEST_LIFE, { error: `must be at most ${LONGEST_LIFE}` })
  .optional();

export const rotateApiKeyRequest = z
  .strictObject({ grace_seconds: graceSeconds })
  .meta({ id: 'RotateApiKey' });

/** The bodies that name scopes. @param scopes there are. */
export function apiKeyRequests(scopes: readonly string[]) {
  const name = line(1, 100).meta({ examples: ['billing'] });
  const scope = z.enum([...scopes, EVERY_SCOPE], { error: 'is no scope of an API key' });
  const list = z
    .array(scope, { error: 'must be a list of scopes' })
    .min(1, { error: 'must have at least one scope' })
    .overwrite((given) => [...new Set(given)].toSorted())
    .meta({ examples: [['users:read']] });
  return {
    create: z
      .strictObject({ name, scopes: list, expires_in_days: expiresInDays })
      .meta({ id: 'CreateApiKey' }),
    update: z
      .strictObject({ name: name.optional(), scopes: list.optional() })
      .refine((body) => Object.keys(body).length > 0, { error: 'must change something' })
      .meta({ id: 'UpdateApiKey' }),
  };
}

const apiKey = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string().describe('The public beginning of the key'),
  scopes: z.array(z.string()),
  created_at: timestamp,
  expires_at: timestamp.nullable(),
  last_used_at: timestamp.nullable().describe('To the minute'),
  created_by: z
    .uuid()
    .nullable()
    .describe('The user or API key that created it; null for commands and keys of `API_KEY`'),
});

export const apiKeyResponse = apiKey.meta({ id: 'ApiKey' });

export const issuedApiKey = apiKey
  .extend({ key: z.string().describe('The secret key, shown this once') })
  .meta({ id: 'IssuedApiKey' });

export const apiKeyPage = z
  .object({ items: z.array(apiKeyResponse), next_cursor: z.string().nullable() })
  .meta({ id: 'ApiKeyPage' });

type Requests = ReturnType<typeof apiKeyRequests>;
export type CreateApiKeyRequest = z.infer<Requests['create']>;
export type UpdateApiKeyRequest = z.infer<Requests['update']>;
export type RotateApiKeyRequest = z.infer<typeof rotateApiKeyRequest>;
export type ListApiKeysQuery = z.infer<typeof listApiKeysQuery>;
export type ApiKeyResponse = z.infer<typeof apiKeyResponse>;
export type IssuedApiKey = z.infer<typeof issuedApiKey>;
export type ApiKeyPage = z.infer<typeof apiKeyPage>;
