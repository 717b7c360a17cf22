import { Overloaded } from '../../../platform/problems/problem.js';
import { IoPool } from '../../../platform/workers/io-pool.js';
import { PasswordHasher } from './password-hasher.js';
import { ThreadPool } from '../../../platform/workers/thread-pool.js';
import { Workers } from '../../../platform/workers/workers.service.js';

describe('PasswordHasher', () => {
  let pool: ThreadPool;
  let hasher: PasswordHasher;

  beforeAll(() => {
    const config = { cpuThreads: 1, ioSlots: 4 };
    pool = new ThreadPool(config, { warn: () => undefined });
    hasher = new PasswordHasher(new Workers(pool, new IoPool(config)));
  });

  afterAll(() => pool.onApplicationShutdown());

  it('creates argon2id hashes of the documented cost in PHC format', async () => {
    expect(await hasher.hash('correct horse battery')).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22,}\$[\w+/]{43}$/,
    );
  });

  it('uses a salt: the same password has a different hash each time', async () => {
    const [one, two] = await Promise.all([hasher.hash('same'), hasher.hash('same')]);
    expect(one).not.toBe(two);
  });

  it('verifies a password against its hash', async () => {
    const hash = await hasher.hash('correct horse battery');
    expect(await hasher.verify(hash, 'correct horse battery')).toBe(true);
    expect(await hasher.verify(hash, 'Correct horse battery')).toBe(false);
  });

  it('rejects any password for an invalid hash', async () => {
    expect(await hasher.verify('no hash', 'x')).toBe(false);
  });

  it('passes on errors of the task', async () => {
    const noText = 1 as unknown as string;
    await expect(hasher.hash(noText)).rejects.not.toBeInstanceOf(Overloaded);
  });

  it('does not block the event loop', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await Promise.all(Array.from({ length: 8 }, () => hasher.hash('x')));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(8);
  });

  it('refuses tasks that would wait too long, and runs the rest', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 90 }, () => hasher.hash('x')));
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every((each) => 'reason' in each && each.reason instanceof Overloaded)).toBe(
      true,
    );
    expect(outcomes.length - refused.length).toBeGreaterThan(1);
    expect(await hasher.hash('x')).toMatch(/^\$argon2id/);
  });
});
