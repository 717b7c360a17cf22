import { useQuery } from '@tanstack/react-query';

import { ApiProblem, dataOf, type Schema } from '../../../client/user-api.js';
import { api, csrf } from './api.js';
import { SESSION_KEY } from './queries.js';

/** How far somebody has come on the way in. */
export type Entry =
  | { readonly state: 'signed-out' }
  | { readonly state: 'not-superuser'; readonly user: Schema<'User'> }
  | { readonly state: 'step-up-needed'; readonly user: Schema<'User'> }
  | { readonly state: 'in'; readonly user: Schema<'User'> };

/** Who looks at the console, and whether they may. */
export function useEntry() {
  return useQuery({
    queryKey: SESSION_KEY,
    queryFn: readEntry,
    // Somebody who has signed in in another tab is let in at once.
    staleTime: ({ state }) => (state.data?.state === 'in' ? 60_000 : 0),
  });
}

async function readEntry(): Promise<Entry> {
  try {
    const { csrf_token: token } = await dataOf(api.GET('/auth/session'));
    const user = await dataOf(api.GET('/users/me'));
    if (user.role !== 'superuser') return { state: 'not-superuser', user };
    const state = (await mayAdminister()) ? 'in' : 'step-up-needed';
    // Not before the page knows whose token it is.
    csrf.token = token;
    return { state, user };
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'auth.unauthenticated')
      return { state: 'signed-out' };
    throw error;
  }
}

/** Where a second factor is required, a superuser without one has the rights of other users. */
async function mayAdminister(): Promise<boolean> {
  try {
    await dataOf(api.GET('/users', { params: { query: { limit: 1 } } }));
    return true;
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'auth.step-up-required') return false;
    throw error;
  }
}
