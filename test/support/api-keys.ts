import type { Caller, Principal } from './caller.js';

/** A key as it is issued. */
export interface IssuedKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
  readonly created_by: string | null;
  readonly key: string;
}

export interface ApiKeyPage {
  readonly items: readonly Omit<IssuedKey, 'key'>[];
  readonly next_cursor: string | null;
}

export const KEYS = '/admin/api-keys';

/** Creates an API key. @param by whose scopes include its scopes. */
export async function createKey(
  api: Caller,
  scopes: readonly string[],
  by: Principal = 'service',
): Promise<IssuedKey> {
  const answer = await api
    .as(by)
    .post<IssuedKey>(KEYS, { name: scopes.join(' ').slice(0, 100), scopes });
  if (answer.status !== 201) throw new Error(`no key was created: ${answer.status} ${answer.text}`);
  return answer.body;
}
