import { superuserRequest } from '../features/administration/superusers.js';
import { toUser } from '../features/bulk/format/bulk-user.js';
import { newPassword } from '../features/credentials/passwords/password.schemas.js';
import { createUserRequest } from '../features/sign-up/sign-up.schemas.js';
import { updateUserRequest } from '../features/profile/profile.schemas.js';

describe('a name', () => {
  const email = 'ada@example.com';
  const password = 'violet-kettle-armada-7';
  /** Every way in. @returns what is wrong with the name. */
  const ways: [string, (name: string) => string | undefined][] = [
    ['sign-up', (name) => faultOf(createUserRequest.safeParse({ email, name }))],
    ['change', (name) => faultOf(updateUserRequest.safeParse({ name }))],
    ['createsuperuser', (name) => faultOf(superuserRequest.safeParse({ email, name, password }))],
    [
      'import',
      (name) => {
        const user = toUser({ email, name });
        return 'fault' in user ? user.fault.replace(/^name /, '') : undefined;
      },
    ],
  ];

  it.each(ways)('of a %s contains no invisible characters', (_way, fault) => {
    const ranges = [
      [0x061c, 0x061c],
      [0x200b, 0x200b],
      [0x200e, 0x200f],
      [0x2028, 0x202e],
      [0x2060, 0x2069],
      [0xfeff, 0xfeff],
      [0xe0000, 0xe007f],
    ] as const;
    for (const [first, last] of ranges)
      for (let code = first; code <= last; code += 1) {
        const character = String.fromCodePoint(code);
        for (const name of [`A${character}da`, `${character}Ada`, `Ada${character}`])
          expect([code, fault(name)]).toEqual([code, 'must not contain invisible characters']);
      }
    expect(fault('A\u0007da')).toBe('must not contain control characters');
    expect(fault('A\u0085da')).toBe('must not contain control characters');
  });

  it.each(ways)('of a %s can contain joiners, marks and any script', (_way, fault) => {
    for (const name of [
      'علی\u200Cرضا',
      'क्\u200Dष',
      '👩\u200D💻 Ada',
      'e\u0301lan',
      '李小龍',
      'O’Neil',
    ])
      expect(fault(name)).toBeUndefined();
  });

  function faultOf({ error }: { error?: { issues: { message: string }[] } | undefined }) {
    return error?.issues[0]?.message;
  }
});

describe('a new password', () => {
  it('is normalised before its length is checked', () => {
    expect(newPassword.parse('ｐａｓｓ-ﬁve-cafe\u0301')).toBe('pass-five-caf\u00E9');
    // Eleven characters, written as more.
    expect(newPassword.safeParse('eleven-cha\u0301').success).toBe(false);
    // One character that normalises to eighteen.
    expect(newPassword.safeParse('\uFDFA').success).toBe(true);
    // 128 characters of four code points each.
    expect(newPassword.safeParse('\u03B1\u0313\u0300\u0345'.repeat(128)).success).toBe(true);
    expect(newPassword.safeParse('x'.repeat(129)).success).toBe(false);
    expect(newPassword.safeParse('\uFDFA'.repeat(8)).success).toBe(false);
  });

  it('is compared with common passwords in its normal form', () => {
    expect(newPassword.safeParse('ｐａｓｓｗｏｒｄ１２３４').error?.issues[0]?.message).toBe(
      'is one of the most common passwords',
    );
  });
});
