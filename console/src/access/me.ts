import { createContext, useContext, useState } from 'react';

import type { Schema } from '../../../client/user-api.js';
import type { Entry } from './session.js';

/** Who uses the console. */
export const Me = createContext<Schema<'User'> | undefined>(undefined);

/** Whether a user is who uses the console. */
export function useIsMe({ id }: Pick<Schema<'User'>, 'id'>): boolean {
  return useContext(Me)?.id === id;
}

/**
 * Who came in last. They stay while their session is over: what they have typed waits for them. Who is no
 * superuser any more is gone.
 */
export function useWhoCameIn(entry: Entry | undefined): Schema<'User'> | undefined {
  const [user, setUser] = useState<Schema<'User'>>();
  if (entry?.state === 'in' && entry.user !== user) setUser(entry.user);
  if (entry?.state === 'not-superuser' && user !== undefined) setUser(undefined);
  return user;
}
