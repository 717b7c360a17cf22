import { LocalCounters } from './local-counters.js';

describe('LocalCounters', () => {
  const start = 1_000_000;

  function counters(most?: number) {
    const clock = { now: start };
    return { clock, local: new LocalCounters(() => clock.now, most) };
  }

  it('counts within a window that begins with the first occurrence', () => {
    const { clock, local } = counters();
    expect(local.increment('a', 1000)).toEqual({ count: 1, remainingMs: 1000 });
    clock.now += 400;
    expect(local.increment('a', 1000)).toEqual({ count: 2, remainingMs: 600 });
    expect(local.increment('b', 1000)).toEqual({ count: 1, remainingMs: 1000 });
  });

  it('begins again when the window has ended', () => {
    const { clock, local } = counters();
    local.increment('a', 1000);
    clock.now += 1000;
    expect(local.peek('a')).toBeUndefined();
    expect(local.increment('a', 1000)).toEqual({ count: 1, remainingMs: 1000 });
  });

  it('continues from the count of the shared store', () => {
    const { local } = counters();
    local.adopt('a', { count: 41, remainingMs: 300 });
    expect(local.increment('a', 1000)).toEqual({ count: 42, remainingMs: 300 });
  });

  it('limits the number of windows and evicts the oldest first', () => {
    const { local } = counters(3);
    for (const key of ['a', 'b', 'c', 'd']) local.increment(key, 1000);
    expect(local.peek('a')).toBeUndefined();
    expect(['b', 'c', 'd'].map((key) => local.peek(key)?.count)).toEqual([1, 1, 1]);
  });
});
