import { type Action, accessTable, isAllowed } from './access.js';
import { anonymous, type Principal } from './principal.js';

const target = '019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40';
const user = (userId: string, role: 'user' | 'superuser' = 'user'): Principal => ({
  kind: 'user',
  userId,
  role,
  sessionId: 'session',
});
const callers: Record<string, Principal> = {
  nobody: anonymous,
  self: user(target),
  other: user('019aad6c-0f7e-7cc0-9a55-000000000000'),
  superuser: user('019aad6c-0f7e-7cc0-9a55-000000000001', 'superuser'),
  service: { kind: 'service' },
};

/** The contract's table, said a second time. */
const expected: Record<Action, string[]> = {
  public: ['nobody', 'self', 'other', 'superuser', 'service'],
  'account:own': ['self', 'other', 'superuser'],
  'users:create': ['nobody', 'superuser', 'service'],
  'users:create-paid': ['superuser', 'service'],
  'users:list': ['superuser', 'service'],
  'users:read': ['self', 'superuser', 'service'],
  'users:delete': ['self', 'superuser', 'service'],
  'users:export': ['self', 'superuser', 'service'],
  'users:tier': ['self', 'superuser', 'service'],
  'users:sign-out': ['self', 'superuser', 'service'],
  'users:rename': ['self', 'superuser', 'service'],
  'users:set-email': ['self', 'superuser', 'service'],
  'users:set-password': ['self'],
  'users:set-status': ['superuser', 'service'],
  'users:set-role': ['superuser'],
  'admin:audit': ['superuser', 'service'],
  'admin:log-level': ['superuser', 'service'],
  'admin:faults': ['superuser', 'service'],
};

describe('the access table', () => {
  it.each(Object.keys(accessTable) as Action[])('lets the right ones do %s', (action) => {
    const allowed = Object.entries(callers)
      .filter(([, caller]) =>
        isAllowed(action, caller, { targetId: target.toUpperCase(), registrationOpen: true }),
      )
      .map(([name]) => name);
    expect(allowed).toEqual(expected[action]);
  });

  it('lets nobody sign up while registration is closed', () => {
    const closed = { targetId: undefined, registrationOpen: false };
    expect(isAllowed('users:create', anonymous, closed)).toBe(false);
    expect(isAllowed('users:create', { kind: 'service' }, closed)).toBe(true);
  });
});
