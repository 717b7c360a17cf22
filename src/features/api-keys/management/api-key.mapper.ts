import { pageOf } from '../../../platform/common/cursor.js';
import { prefixOf } from '../key-text.js';
import type { ApiKey } from './api-key.entity.js';
import type { ApiKeyPage, ApiKeyResponse, IssuedApiKey } from './api-keys.schemas.js';
import type { IssuedKey } from './api-keys.service.js';

/** What clients see of a key. */
export function toApiKeyResponse(key: ApiKey): ApiKeyResponse {
  const { id, name, scopes, created_at, expires_at, last_used_at, created_by } = key;
  return {
    id,
    name,
    prefix: prefixOf(id),
    scopes,
    created_at: created_at.toISOString(),
    expires_at: expires_at?.toISOString() ?? null,
    last_used_at: last_used_at?.toISOString() ?? null,
    created_by,
  };
}

export function toIssuedApiKey({ key, text }: IssuedKey): IssuedApiKey {
  return { ...toApiKeyResponse(key), key: text };
}

/** @param rows those of the page, and one more when another page follows. */
export function toApiKeyPage(rows: readonly ApiKey[], limit: number): ApiKeyPage {
  return pageOf(rows, limit, toApiKeyResponse, ({ id }) => [id]);
}
