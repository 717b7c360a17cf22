import { enrolmentOf, newSecret, stepOf } from './totp.js';

/** RFC 6238 appendix B, whose codes have 8 digits: the last 6. */
const SECRET = Buffer.from('12345678901234567890');
const vectors = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const;

describe('stepOf', () => {
  const at = (seconds: number) => jest.useFakeTimers({ now: seconds * 1000 });

  afterEach(() => jest.useRealTimers());

  it.each(vectors)('at second %d accepts %s', async (seconds, code) => {
    at(seconds);
    expect(await stepOf(SECRET, code)).toBe(Math.floor(seconds / 30));
  });

  it.each([
    ['the step before', -30, true],
    ['the step after', 30, true],
    ['two steps before', -60, false],
    ['two steps after', 60, false],
  ])('of a code of %s', async (_what, offset, accepted) => {
    at(1_111_111_111 - offset);
    expect(await stepOf(SECRET, '050471')).toBe(accepted ? 37_037_037 : undefined);
  });

  it('refuses a code of another secret', async () => {
    at(59);
    expect(await stepOf(newSecret(), '287082')).toBeUndefined();
  });
});

describe('enrolmentOf', () => {
  it('gives secret, URI and image', async () => {
    const { secret, uri, qr } = await enrolmentOf(SECRET, {
      label: 'ada+1@example.com',
      issuer: 'My service',
    });
    expect(secret).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    const url = new URL(uri);
    expect(`${url.protocol}//${url.host}`).toBe('otpauth://totp');
    expect(decodeURIComponent(url.pathname)).toBe('/My service:ada+1@example.com');
    expect(url.searchParams.get('secret')).toBe(secret);
    expect(url.searchParams.get('issuer')).toBe('My service');
    expect(qr).toMatch(/^<svg [^]*<\/svg>$/);
    expect(qr).not.toMatch(/<(script|style)|style=|on\w+=/);
  });
});
