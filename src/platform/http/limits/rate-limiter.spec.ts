import type { Count } from '../../redis/local-counters.js';
import { LocalCounters } from '../../redis/local-counters.js';
import type { SharedCounters, Window } from '../../redis/shared-counters.js';
import type { RateLimits } from '../../declarations/rate-limits.js';
import type { RoutePolicy } from '../../declarations/route-policy.js';
import { limitResolver } from './rate-limit.policies.js';
import { RateLimited } from '../../problems/problem.js';
import { RateLimiter } from './rate-limiter.js';

/** Limits per minute, of those that features declare. */
function resolver({ requests = 5, logins = 3, signups = 2 } = {}) {
  const quota = (limit: number) => ({ limit, windowSeconds: 60 });
  const source = {
    logins: () => quota(logins),
    challenges: () => quota(logins),
    signups: () => quota(signups),
    tokens: () => quota(logins),
  } as RateLimits['source'];
  return limitResolver({ source, account: { mails: () => quota(logins) } }, quota(requests));
}

describe('limitResolver', () => {
  const names = (declared?: RoutePolicy['limits'], settings = {}) => {
    const { source, account } = resolver(settings)(declared && { limits: declared });
    return [source.map(({ name }) => name), account.map(({ name }) => name)];
  };

  it('adds the limits of a route to the general limit', () => {
    expect(names()).toEqual([['requests'], []]);
    expect(names({ source: ['signups'] })).toEqual([['requests', 'signups'], []]);
    expect(names({ source: ['tokens'], account: 'mails' })).toEqual([
      ['requests', 'tokens'],
      ['mails'],
    ]);
  });

  it('disables a limit of 0', () => {
    const settings = { requests: 0, logins: 0 };
    expect(names({ source: ['logins'] }, settings)).toEqual([[], []]);
    expect(names({ source: ['tokens'], account: 'mails' }, settings)).toEqual([[], []]);
    expect(names({ source: ['signups'] }, settings)).toEqual([['signups'], []]);
  });
});

describe('RateLimiter', () => {
  function setUp() {
    const clock = { now: 0 };
    const local = new LocalCounters(() => clock.now);
    const asked: Window[][] = [];
    const counters = {
      increment: (windows: Window[]): Promise<Count[]> => {
        asked.push(windows);
        return Promise.resolve(windows.map(({ key, windowMs }) => local.increment(key, windowMs)));
      },
      peek: (key: string) => local.peek(key),
    } as unknown as SharedCounters;
    return { clock, asked, limiter: new RateLimiter(counters) };
  }

  const { source } = resolver()({ limits: { source: ['signups'] } });

  it('reports the remaining quota, in the syntax of the draft', async () => {
    const { clock, limiter } = setUp();
    await limiter.admit('192.0.2.1', source);
    clock.now += 1500;
    expect(await limiter.admit('192.0.2.1', source)).toEqual({
      'RateLimit-Policy': '"requests";q=5;w=60, "signups";q=2;w=60',
      RateLimit: '"requests";r=3;t=59, "signups";r=0;t=59',
    });
  });

  it('refuses above the limit until the window ends, from memory', async () => {
    const { clock, asked, limiter } = setUp();
    await limiter.admit('192.0.2.1', source);
    await limiter.admit('192.0.2.1', source);
    clock.now += 20_000;
    const refusal = limiter.admit('192.0.2.1', source);
    await expect(refusal).rejects.toBeInstanceOf(RateLimited);
    await expect(refusal).rejects.toMatchObject({
      status: 429,
      code: 'rate.limited',
      headers: {
        'Retry-After': '40',
        RateLimit: '"requests";r=2;t=40, "signups";r=0;t=40',
      },
    });
    expect(asked).toHaveLength(2);
    clock.now += 40_000;
    await expect(limiter.admit('192.0.2.1', source)).resolves.toBeDefined();
  });

  it('counts sources apart', async () => {
    const { limiter } = setUp();
    await limiter.admit('192.0.2.1', source);
    await limiter.admit('192.0.2.1', source);
    await expect(limiter.admit('192.0.2.2', source)).resolves.toBeDefined();
  });
});
