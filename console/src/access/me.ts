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
 * The person who was let in last, also after their session has ended, so that the page keeps what they have
 * typed. Nobody once somebody is there who is no superuser.
 */
export function useWhoCameIn(entry: Entry | undefined): Schema<'User'> | undefined {
  const [user, setUser] = useState<Schema<'User'>>();
  if (entry?.state === 'in' && entry.user !== user) setUser(entry.user);
  if (entry?.state === 'not-superuser' && user !== undefined) setUser(undefined);
  return user;
}
