import { keepPreviousData, MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

import { ApiProblem } from '../../../client/user-api.js';

/** Who is there. */
export const SESSION_KEY = ['session'] as const;

/** Refusals that a second attempt would meet as well. */
const FINAL_BELOW = 500;

/** The session ended meanwhile: the page asks who is there, and shows the way in. */
function onRefusal(error: Error): void {
  if (error instanceof ApiProblem && error.code === 'auth.unauthenticated')
    void queries.invalidateQueries({ queryKey: SESSION_KEY });
}

/** What the console has read. Lists keep what they show until the next page is there. */
export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: onRefusal }),
  mutationCache: new MutationCache({ onError: onRefusal }),
  defaultOptions: {
    queries: {
      retry: (count, error) =>
        count < 2 && !(error instanceof ApiProblem && error.status < FINAL_BELOW),
      placeholderData: keepPreviousData,
      // Without a network a question fails, in place of waiting for one silently.
      networkMode: 'always',
      refetchOnReconnect: true,
      staleTime: 5_000,
    },
  },
});
