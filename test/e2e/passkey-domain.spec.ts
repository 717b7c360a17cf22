import { loginFactor, loginToken } from '../support/factors.js';
import {
  creationOptions,
  factorOptions,
  PASSKEY_SETTINGS,
  userWithPasskey,
} from '../support/passkeys.js';
import { type Api, testApi } from '../support/test-api.js';
import { waitFor } from '../support/wait-for.js';

const WARNING = 'passkeys belong to another domain';
let api: Api;
/** The same service after it has moved: the host of the pages fits both domains. */
let moved: Api;

beforeAll(async () => {
  api = await testApi().with(PASSKEY_SETTINGS).start();
});

afterEach(() => moved?.stop());

afterAll(() => api?.stop());

type User = Awaited<ReturnType<typeof userWithPasskey>>;

async function move(): Promise<void> {
  const settings = { ...PASSKEY_SETTINGS, WEBAUTHN_RP_ID: 'accounts.example.com' };
  moved = await testApi().with(settings).withoutJobs().on(api.database).start();
}

const idOf = ({ passkey }: User) => passkey.credentialId.toString('base64url');

async function offered(on: Api, { email }: User): Promise<string[]> {
  const { options } = await factorOptions(on, await loginToken(on, email));
  return options.allowCredentials.map(({ id }) => id);
}

const setDomain = ({ passkeyId }: User, domain: string | null) =>
  api.database.query('UPDATE passkeys SET rp_id = $2 WHERE factor_id = $1', [passkeyId, domain]);

const warnings = (of: Api) => of.logs.filter(({ message }) => message === WARNING);

describe('a passkey of another domain', () => {
  it('is not asked for, and the start says how many there are', async () => {
    const user = await userWithPasskey(api);
    expect(await offered(api, user)).toEqual([idOf(user)]);
    const another = await userWithPasskey(api);
    // Before the new domain in the alphabet, as the old one is after it.
    await setDomain(another, 'a.example.com');
    await move();
    expect(await offered(moved, user)).toEqual([]);
    await user.stepUp(user.recoveryCodes[0]);
    const { body } = await creationOptions(moved.as(user), user.id);
    expect(body.options.excludeCredentials).toEqual([]);
    await waitFor('the warning', () => warnings(moved).length === 1);
    expect(warnings(moved)).toMatchObject([{ logger: 'factors', level: 'WARN', count: 2 }]);
    expect(warnings(api)).toEqual([]);
  });

  it('is asked for while its domain is unknown, and a use tells the domain', async () => {
    const user = await userWithPasskey(api);
    await setDomain(user, null);
    await move();
    expect(await offered(moved, user)).toEqual([idOf(user)]);
    const token = await loginToken(api, user.email);
    const proof = user.proofFor(await factorOptions(api, token));
    expect((await loginFactor(api, token, proof)).status).toBe(200);
    expect(await offered(moved, user)).toEqual([]);
  });
});
