import { currentRequest } from '../../../platform/common/request-context.js';
import { nameField } from './user-fields.js';
import { holdsWebAddress } from './web-address.js';
/**
 * A name as the current request may give it. Who signs up, or renames themselves, has it printed in mails to
 * an address that may be another's: no links. Superusers, services and commands vouch for what they write.
 */
export const givenName = nameField.refine((name) => isTrusted() || !holdsWebAddress(name), {
  error: 'must not contain a web address',
});

function isTrusted(): boolean {
  const principal = currentRequest()?.principal;
  if (principal?.kind === 'user') return principal.role === 'superuser';
  return principal?.kind !== 'anonymous';
}
