import { COMMON_PASSWORDS } from './common-password-list.js';

let common: ReadonlySet<string> | undefined;

/** Whether a password is on the bundled list, in any case. The set is made by the first call, to keep the start fast. */
export function isCommonPassword(password: string): boolean {
  common ??= new Set(COMMON_PASSWORDS.trim().split(/\s/));
  return common.has(password.toLowerCase());
}
