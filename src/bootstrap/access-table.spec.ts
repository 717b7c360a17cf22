import { featureContracts } from '../../test/support/feature-contracts.js';
import { signedInUser } from '../../test/support/principals.js';
import { type Action, isAllowed } from '../platform/declarations/access.js';
import { anonymous, type Principal } from '../platform/common/request/principal.js';
import { accessTable } from './declarations.module.js';

const id = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';
const service: Principal = { kind: 'service', scopes: new Set(['*']) };
const user = (userId: string, role: 'user' | 'superuser') => signedInUser({ userId, role });

/** The columns of the table in the contract. */
const callers: Record<string, Principal> = {
  nobody: anonymous,
  self: user(id, 'user'),
  'another user': user('019aad6c-0f7e-7cc0-9a55-000000000000', 'user'),
  superuser: user('019aad6c-0f7e-7cc0-9a55-000000000001', 'superuser'),
  'superuser on itself': user(id, 'superuser'),
  service,
  command: { kind: 'command' },
};

/** Who may, by the contract; `public` acts everybody may. */
const contract: Record<string, readonly string[]> = {
  ...featureContracts().access,
  'account:own': ['self', 'another user', 'superuser', 'superuser on itself'],
  'users:create': ['nobody', 'superuser', 'superuser on itself', 'service'],
  'users:create-paid': ['superuser', 'superuser on itself', 'service'],
  'users:list': ['superuser', 'superuser on itself', 'service'],
  'users:read': ['self', 'superuser', 'superuser on itself', 'service'],
  'users:delete': ['self', 'superuser', 'superuser on itself', 'service'],
  'users:rename': ['self', 'superuser', 'superuser on itself', 'service'],
  'users:export': ['self', 'superuser', 'superuser on itself', 'service'],
  'users:tier': ['self', 'superuser', 'superuser on itself', 'service'],
  'users:sign-out': ['self', 'superuser', 'superuser on itself', 'service'],
  'users:set-email': ['self', 'superuser', 'superuser on itself', 'service'],
  'users:set-password': ['self', 'superuser on itself'],
  'users:set-locale': ['self', 'superuser on itself'],
  'users:set-status': ['superuser', 'superuser on itself', 'service'],
  'users:set-role': ['superuser', 'superuser on itself'],
  'admin:audit': ['superuser', 'superuser on itself', 'service'],
  'admin:log-level': ['superuser', 'superuser on itself', 'service'],
  'admin:mails': ['superuser', 'superuser on itself'],
  'admin:faults': ['superuser', 'superuser on itself', 'service'],
};

const cells = Object.entries(contract).flatMap(([action, allowed]) =>
  Object.keys(callers).map((caller): [string, Action, boolean] => [
    caller,
    action as Action,
    allowed.includes(caller),
  ]),
);

describe('the access table', () => {
  it('has a row in the contract for each action', () => {
    const known = Object.keys(accessTable).filter((action) => action !== 'public');
    expect(known.toSorted()).toEqual(Object.keys(contract).toSorted());
  });

  it.each(cells)('%s, %s: %p', (caller, action, allowed) => {
    const principal = callers[caller] ?? anonymous;
    expect(
      isAllowed(accessTable, action, principal, { targetId: id, registrationOpen: true }),
    ).toBe(allowed);
  });

  it('refuses strangers and allows superusers and services while registration is closed', () => {
    const may = (principal: Principal) =>
      isAllowed(accessTable, 'users:create', principal, { registrationOpen: false });
    expect(may(anonymous)).toBe(false);
    expect(may(user(id, 'user'))).toBe(false);
    expect(may(user(id, 'superuser'))).toBe(true);
    expect(may(service)).toBe(true);
  });

  it('grants no `self` access without an id', () => {
    expect(isAllowed(accessTable, 'users:read', user(id, 'user'), { registrationOpen: true })).toBe(
      false,
    );
    expect(isAllowed(accessTable, 'users:read', anonymous, { registrationOpen: true })).toBe(false);
  });

  it('allows public actions to everybody', () => {
    for (const principal of Object.values(callers))
      expect(isAllowed(accessTable, 'public', principal, { registrationOpen: false })).toBe(true);
  });
});
