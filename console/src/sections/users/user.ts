import { useQuery } from '@tanstack/react-query';

import { answerOf, type Schema } from '../../../../client/user-api.js';
import { api } from '../../access/api.js';

export type User = Schema<'User'>;

/** A user in one version: `etag` names it. */
export interface VersionedUser {
  readonly user: User;
  readonly etag: string;
}

export const USERS_KEY = ['users'] as const;
export const INVITATIONS_KEY = ['invitations'] as const;
export const userKey = (id: string) => ['user', id] as const;

export const statuses = ['active', 'suspended'] as const;
export const tiers = ['free', 'pro', 'enterprise'] as const;
export const roles = ['user', 'superuser'] as const;

/** Words as options of a choice. */
export const optionsOf = (words: readonly string[]) => words.map((word) => [word, word] as const);

/** The user as it is now. @throws ApiProblem */
export async function readUser(id: string, signal?: AbortSignal): Promise<VersionedUser> {
  const call = api.GET('/users/{id}', { params: { path: { id } }, ...(signal && { signal }) });
  const { data, etag } = await answerOf(call);
  return { user: data, etag: etag ?? '' };
}

export function useUser(id: string) {
  return useQuery({ queryKey: userKey(id), queryFn: ({ signal }) => readUser(id, signal) });
}
