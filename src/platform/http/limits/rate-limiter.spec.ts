import type { Count } from '../../redis/local-counters.js';
import { LocalCounters } from '../../redis/local-counters.js';
import type { SharedCounters, Window } from '../../redis/shared-counters.js';
import { routePolicies } from './rate-limit.policies.js';
import { RateLimited, RateLimiter } from './rate-limiter.js';

const config = { windowSeconds: 60, requests: 5, logins: 3, signups: 2 } as Parameters<
  typeof routePolicies
>[0];

describe('routePolicies', () => {
  const of = (
    method: string,
    url: string | undefined,
    { settings = config, credentials = false } = {},
  ) => {
    const { source, account } = routePolicies(settings)(method, url, credentials);
    return [source.map(({ name }) => name), account.map(({ name }) => name)];
  };

  it.each([
    ['GET', '/users/:id', ['requests'], []],
    ['POST', '/users', ['requests', 'signups'], []],
    ['GET', '/users', ['requests'], []],
    ['POST', '/auth/login', ['requests', 'logins'], []],
    ['POST', '/auth/refresh', ['requests'], []],
    ['POST', '/auth/password/reset', ['requests', 'tokens'], []],
    ['POST', '/auth/verify-email', ['requests', 'tokens'], []],
    ['POST', '/auth/password/forgot', ['requests', 'tokens'], ['mails']],
    ['POST', '/auth/verify-email/resend', ['requests', 'tokens'], ['mails']],
    ['GET', undefined, ['requests'], []],
    ['GET', '/health', [], []],
    ['GET', '/ready', [], []],
    ['GET', '/metrics', [], []],
  ])('limits %s %s by %j and per account by %j', (method, url, source, account) => {
    expect(of(method, url)).toEqual([source, account]);
  });

  it.each(['/health', '/ready', '/metrics'])('limits who shows %s a credential', (url) => {
    expect(of('GET', url, { credentials: true })).toEqual([['requests'], []]);
  });

  it('switches a limit of 0 off', () => {
    const settings = { ...config, requests: 0, logins: 0 };
    expect(of('POST', '/auth/login', { settings })).toEqual([[], []]);
    expect(of('POST', '/auth/password/forgot', { settings })).toEqual([[], []]);
    expect(of('POST', '/users', { settings })).toEqual([['signups'], []]);
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

  const { source } = routePolicies(config)('POST', '/users', false);

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
