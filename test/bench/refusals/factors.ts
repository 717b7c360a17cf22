import { loginFactor, loginToken, userWithApp } from '../../support/factors.js';
import { type Bench, fresh, from, HELD_OFF, holdOff, type Kind } from './bench.js';

/** Wrong factors that end a login token. */
const TRIES = 5;
const WRONG = { code: '000000' };

type User = Awaited<ReturnType<typeof userWithApp>>;

/** Factors that are not accepted, by login tokens that are. */
export async function factorKinds({ api, samples }: Bench): Promise<Kind[]> {
  const tokensOf = async ({ email }: User, headers = fresh) => {
    const tokens: string[] = [];
    for (let index = 0; index * TRIES < samples; index += 1)
      tokens.push(await loginToken(api, email, headers(index)));
    return (index: number) => tokens[Math.floor(index / TRIES)] ?? '';
  };
  const user = await userWithApp(api);
  const locked = await userWithApp(api);
  const [wrong, recovery, replayed] = [
    await tokensOf(user),
    await tokensOf(user),
    await tokensOf(user),
  ];
  const heldOff = await tokensOf(locked, () => from(HELD_OFF));
  await loginFactor(api, await loginToken(api, locked.email, from(HELD_OFF)), WRONG);
  await holdOff(api);
  // All steps are used, far into the future.
  await api.database.query('UPDATE factors SET last_step = 1000000000 WHERE id = $1', [user.appId]);
  const unusual = { recovery_code: 'K7QF-0A1B-XYZ2-9MNS' };
  return [
    ['wrong code', (index) => loginFactor(api, wrong(index), WRONG)],
    ['wrong recovery code', (index) => loginFactor(api, recovery(index), unusual)],
    ['used code', async (index) => loginFactor(api, replayed(index), { code: await user.code() })],
    ['locked', (index) => loginFactor(api, heldOff(index), WRONG)],
  ];
}
