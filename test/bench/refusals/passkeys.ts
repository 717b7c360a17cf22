import { randomUUID } from 'node:crypto';

import { login } from '../../support/accounts.js';
import {
  answerPasskey,
  loginPasskey,
  signInOptions,
  userWithPasskey,
} from '../../support/passkeys.js';
import { type Bench, fresh, from, HELD_OFF, holdOff, type Kind } from './bench.js';

/** Passkeys that are not accepted, with challenges that are. */
export async function passkeyKinds({ api }: Bench): Promise<Kind[]> {
  const [wrong, suspended, locked] = [
    await userWithPasskey(api),
    await userWithPasskey(api),
    await userWithPasskey(api),
  ];
  await api.as('service').patch(`/users/${suspended.id}`, { status: 'suspended' });
  await login(api, locked.email, 'not-the-password-at-all', from(HELD_OFF));
  await holdOff(api);
  return [
    [
      'unknown',
      (index) =>
        loginPasskey(api, wrong.passkey, { credentialId: Buffer.alloc(32, index) }, fresh(index)),
    ],
    ['wrong', (index) => loginPasskey(api, wrong.passkey, { verified: false }, fresh(index))],
    ['suspended', (index) => loginPasskey(api, suspended.passkey, {}, fresh(index))],
    ['locked', () => loginPasskey(api, locked.passkey, {}, from(HELD_OFF))],
  ];
}

/** Challenges that are not accepted. */
export async function challengeKinds({ api }: Bench): Promise<Kind[]> {
  const { passkey } = await userWithPasskey(api);
  const options = await signInOptions(api);
  const response = passkey.signIn(options);
  await answerPasskey(api, options.challenge_id, response);
  return [
    ['unknown', () => answerPasskey(api, randomUUID(), response)],
    ['used', () => answerPasskey(api, options.challenge_id, response)],
  ];
}
