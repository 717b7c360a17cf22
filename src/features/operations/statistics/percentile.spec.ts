import { percentile } from './percentile.js';

describe('percentile', () => {
  it('spreads durations evenly in their bucket', () => {
    const buckets = [{ bound: 0.1, count: 100 }];
    expect(percentile(buckets, 0.5)).toBe(75);
    expect(percentile(buckets, 1)).toBe(100);
  });

  it('takes the bucket of the rank, whatever their order and gaps', () => {
    const buckets = [
      { bound: 5, count: 1 },
      { bound: 0.005, count: 99 },
    ];
    expect(percentile(buckets, 0.5)).toBe(2.5);
    expect(percentile(buckets, 0.995)).toBe(3750);
  });

  it('is the last bound for durations above it', () => {
    expect(percentile([{ bound: Infinity, count: 3 }], 0.99)).toBe(10_000);
  });
});
