import type { PinoLogger } from 'nestjs-pino';

import type { Database } from '../../../platform/database/database.js';
import type { PasswordHasher } from './password-hasher.js';
import type { AuditLog } from '../../../platform/audit/audit-log.js';
import type { Lockout } from '../lockout/lockout.js';
import { PasswordCheck } from './password-check.js';
import type { User } from '../../users/user.entity.js';
import { InvalidCredentials } from '../credential.errors.js';
import type { UsersRepository } from '../../users/users.repository.js';

const COMPOSED = 'caf\u00E9 ole ole ole';
const DECOMPOSED = 'cafe\u0301 ole ole ole';
/** Of today's strength; the text behind it stands for the password. */
const hashOf = (password: string) => `$argon2id$v=19$m=19456,t=2,p=1$${password}`;

interface Account {
  readonly status?: string;
  readonly hash?: string | null;
  readonly locked?: boolean;
}

/** A check of one account, or of none, that notes what it verifies and stores. */
function checkOf(account: Account | undefined) {
  const verified: string[] = [];
  const stored: string[] = [];
  const { status = 'active', hash = null, locked = false } = account ?? {};
  const user = account && ({ id: '1', status, password_hash: hash, role: 'user' } as User);
  const check = new PasswordCheck(
    { commit: async () => undefined } as unknown as Database,
    {
      byEmail: async () => user,
      replacedHash: (_id: string, _from: string, to: string) => void stored.push(to),
    } as unknown as UsersRepository,
    {
      refuses: async () => locked,
      failure: () => undefined,
    } as unknown as Lockout,
    {
      hash: async (password: string) => hashOf(password),
      verify: async (against: string, password: string) => {
        verified.push(password);
        return against === hashOf(password);
      },
    } as unknown as PasswordHasher,
    { insertion: () => undefined } as unknown as AuditLog,
    { info: () => undefined } as unknown as PinoLogger,
  );
  const prove = (password: string) =>
    check.prove({ email: 'ada@example.com', password, ip: '192.0.2.1' });
  return { prove, verified, stored };
}

describe('PasswordCheck', () => {
  it.each<[string, Account | undefined]>([
    ['nobody', undefined],
    ['an account without a password', {}],
    ['another password', { hash: hashOf('another') }],
    ['a suspended account', { status: 'suspended', hash: hashOf(COMPOSED) }],
    ['a locked account', { locked: true, hash: hashOf(COMPOSED) }],
    ['a locked account with an older hash', { locked: true, hash: hashOf(DECOMPOSED) }],
  ])(
    'refuses %s at the same cost: one hash for each form of what was sent',
    async (_who, account) => {
      for (const [sent, forms] of [
        [COMPOSED, [COMPOSED]],
        [DECOMPOSED, [COMPOSED, DECOMPOSED]],
      ] as const) {
        const { prove, verified, stored } = checkOf(account);
        await expect(prove(sent)).rejects.toThrow(InvalidCredentials);
        expect(verified).toEqual(forms);
        expect(stored).toEqual([]);
      }
    },
  );

  it('accepts a password in any Unicode form', async () => {
    for (const sent of [COMPOSED, DECOMPOSED]) {
      const { prove, stored } = checkOf({ hash: hashOf(COMPOSED) });
      expect(await prove(sent)).toMatchObject({ id: '1' });
      expect(stored).toEqual([]);
    }
  });

  it('rehashes a proven password in its normal form', async () => {
    const { prove, stored } = checkOf({ hash: hashOf(DECOMPOSED) });
    await expect(prove(COMPOSED)).rejects.toThrow(InvalidCredentials);
    expect(stored).toEqual([]);
    expect(await prove(DECOMPOSED)).toMatchObject({ id: '1' });
    expect(stored).toEqual([hashOf(COMPOSED)]);
  });
});
