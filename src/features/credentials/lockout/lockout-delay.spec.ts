import { isDelayed } from './lockout-delay.js';

const rule = { threshold: 10, windowSeconds: 900, maxSeconds: 60 };

describe('the delay after failed sign-ins', () => {
  it.each([
    { count: 0, age: 0, delayed: false },
    { count: 9, age: 0, delayed: false },
    { count: 10, age: 0.9, delayed: true },
    { count: 10, age: 1, delayed: false },
    { count: 13, age: 7.9, delayed: true },
    { count: 13, age: 8, delayed: false },
    { count: 500, age: 59, delayed: true },
    { count: 500, age: 60, delayed: false },
    { count: 5000, age: 59, delayed: true },
  ])('after $count failures and $age s is on: $delayed', ({ count, age, delayed }) => {
    expect(isDelayed({ count, age }, rule)).toBe(delayed);
  });

  it('resets after a window without a failure', () => {
    expect(isDelayed({ count: 50, age: 30 }, { ...rule, windowSeconds: 30 })).toBe(false);
  });
});
