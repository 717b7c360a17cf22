import { userInfo } from 'node:os';

/**
 * The name of the user that runs this process, libpq's default user; undefined for an id without a
 * name.
 */
export function systemUser(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
