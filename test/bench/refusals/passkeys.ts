import { randomUUID } from 'node:crypto';

import {
  answerPasskey,
  loginPasskey,
  signInOptions,
  userWithPasskey,
} from '../../support/passkeys.js';
import { type Bench, fresh, type Kind } from './bench.js';

/** Passkeys that are not accepted, with challenges that are. The lockout of the password does not hold for them. */
export async function passkeyKinds({ api }: Bench): Promise<Kind[]> {
  const [wrong, suspended] = [await userWithPasskey(api), await userWithPasskey(api)];
  await api.as('service').patch(`/users/${suspended.id}`, { status: 'suspended' });
  return [
    [
      'unknown',
      (index) =>
        loginPasskey(api, wrong.passkey, { credentialId: Buffer.alloc(32, index) }, fresh(index)),
    ],
    ['wrong', (index) => loginPasskey(api, wrong.passkey, { verified: false }, fresh(index))],
    ['suspended', (index) => loginPasskey(api, suspended.passkey, {}, fresh(index))],
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
