import { expectProblem } from '../support/http.js';
import { login } from '../support/accounts.js';
import { sharedApi } from '../support/shared-api.js';
import type { RunningApi } from '../support/test-api.js';
import { uniqueEmail } from '../support/users.js';
import { runCommand } from '../support/warm-process.js';

/** Published hashes of other systems with their passwords; where from is in `foreign-hashes.spec.ts`. */
const published = [
  ['lètmein', 'pbkdf2_sha256$10000$seasalt$CWWFdHOWwPnki7HvkcqN9iA2T3KLW1cf2uZ5kvArtVY='],
  ['password', '$pbkdf2-sha256$i=4096,l=32$c2FsdA$xeR41ZKIyEGqUw22hFxMjZYok6ABzk4RpJY4c6qYE0o'],
  [
    'password',
    '{scrypt}$e0801$8bWJaSu2IKSn9Z9kM+TPXfOc/9bdYSrN1oD9qfVThWEwdRTnO7re7Ei+fUZRJ68k9lTyuTeUp4of4g24hHnazw==$OAOec05+bXxvuu/1qZ6NUR+xQYvYv7BeL1QxwRpY5Pc=',
  ],
  [
    'user1password',
    '$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
  ],
  ['test12345', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
  ['test12345', '$H$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
  ['password', '$1$deadbeef$Q7g0UO4hRC0mgQUQ/qkjZ0'],
  ['Hello world!', '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
  [
    'Hello world!',
    '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
  ],
] as const;

const TOO_COSTLY = [
  'pbkdf2_sha256$2000001$seasalt$CWWFdHOWwPnki7HvkcqN9iA2T3KLW1cf2uZ5kvArtVY=',
  '{scrypt}$110801$c2FsdA==$OAOec05+bXxvuu/1qZ6NUR+xQYvYv7BeL1QxwRpY5Pc=',
  '$5$rounds=1000001$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5',
];

describe('an imported hash of another system', () => {
  let api: RunningApi;

  beforeAll(async () => {
    api = await sharedApi();
  });

  const record = (email: string, password_hash: string) =>
    JSON.stringify({ email, name: 'Ada', password_hash });
  const imported = (records: readonly string[]) =>
    runCommand(
      ['users', 'import', '-', '--format', 'jsonl', '--json'],
      { DATABASE_URL: api.database.url },
      { input: records.join('\n') },
    );
  const stored = async (email: string) => {
    const [row] = await api.database.query<{ password_hash: string }>(
      'SELECT password_hash FROM users WHERE email = $1',
      [email],
    );
    return row?.password_hash;
  };

  it('admits its password only, and becomes argon2id at the first sign-in', async () => {
    const users = published.map(([password, hash]) => ({ email: uniqueEmail(), password, hash }));
    const { code, stdout } = await imported(users.map(({ email, hash }) => record(email, hash)));
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { imported: published.length }]);
    for (const { email, password, hash } of users) {
      expectProblem(await login(api, email, `${password}x`), 401, 'auth.invalid-credentials');
      expect(await stored(email)).toBe(hash);
      expect((await login(api, email, password)).status).toBe(200);
      expect(await stored(email)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      expectProblem(await login(api, email, `${password}x`), 401, 'auth.invalid-credentials');
      expect((await login(api, email, password)).status).toBe(200);
    }
  });

  it('is refused as a record if it costs too much', async () => {
    const { code, stdout, stderr } = await imported(
      TOO_COSTLY.map((hash) => record(uniqueEmail(), hash)),
    );
    expect([code, JSON.parse(stdout)]).toMatchObject([1, { imported: 0, rejected: 3 }]);
    expect(stderr.trim().split('\n')).toEqual(
      [1, 2, 3].map((n) => `record ${n}: password_hash has parameters that are out of range`),
    );
  });
});
