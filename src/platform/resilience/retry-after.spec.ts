import { retryAfterMs } from './retry-after.js';

const NOW = Date.parse('2026-01-01T00:00:00Z');

describe('retryAfterMs', () => {
  it.each([
    ['30', 30_000],
    [' 0 ', 0],
    ['Thu, 01 Jan 2026 00:02:00 GMT', 120_000],
    ['Thursday, 01-Jan-26 00:00:05 GMT', 5000],
    ['Thu Jan  1 00:01:00 2026', 60_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['99999999999', 3_600_000],
    ['Fri, 01 Jan 2027 00:00:00 GMT', 3_600_000],
    ['soon', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['2027-01-01', undefined],
    ['', undefined],
    [null, undefined],
  ])('reads %j as %s ms', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });
});
