import { currentRequest } from '../../../platform/common/request/request-context.js';
import { nameField } from './user-fields.js';
import { holdsWebAddress } from './web-address.js';

/**
 * A name that the caller may set. A name from a sign-up or from users themselves appears in mails
 * to an address of possibly another person, so it must not contain links. Superusers, services and
 * commands are trusted.
 */
export const givenName = nameField.refine((name) => isTrusted() || !holdsWebAddress(name), {
  error: 'must not contain a web address',
});

function isTrusted(): boolean {
  const principal = currentRequest()?.principal;
  if (principal?.kind === 'user') return principal.role === 'superuser';
  return principal?.kind !== 'anonymous';
}
