import { createUser, login, PASSWORD } from '../../support/accounts.js';
import { userWithApp } from '../../support/factors.js';
import { type Bench, fresh, from, HELD_OFF, holdOff, type Kind } from './bench.js';

const WRONG = 'not-the-password-at-all';

/** Passwords that are not accepted, whatever the reason. */
export async function passwordKinds({ api }: Bench): Promise<Kind[]> {
  const { email: wrong } = await createUser(api);
  const { email: passwordless } = await createUser(api, { password: null });
  const { email: guarded } = await userWithApp(api);
  const suspended = await createUser(api);
  await api.as('service').patch(`/users/${suspended.id}`, { status: 'suspended' });
  const { email: locked } = await createUser(api);
  await login(api, locked, WRONG, from(HELD_OFF));
  await holdOff(api);
  return [
    ['unknown', (index) => login(api, `nobody${index}@example.com`, WRONG, fresh(index))],
    ['wrong', (index) => login(api, wrong, WRONG, fresh(index))],
    ['none set', (index) => login(api, passwordless, WRONG, fresh(index))],
    ['wrong, with a factor', (index) => login(api, guarded, WRONG, fresh(index))],
    ['suspended', (index) => login(api, suspended.email, PASSWORD, fresh(index))],
    ['locked', () => login(api, locked, PASSWORD, from(HELD_OFF))],
  ];
}
