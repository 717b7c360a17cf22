import { useQueryClient } from '@tanstack/react-query';

import { notice } from '../../../components/notices.js';
import { userKey, USERS_KEY } from '../user.js';

/** Reads anew what shows a user, and tells what was done. */
export function useChanged(id: string): (text: string) => Promise<void> {
  const queries = useQueryClient();
  return async (text) => {
    await Promise.all(
      [userKey(id), USERS_KEY].map((queryKey) => queries.invalidateQueries({ queryKey })),
    );
    notice(text);
  };
}
