import { clientAddress, sourceOf } from './client-address.js';

describe('clientAddress', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['2001:db8::1', '2001:db8::1'],
  ])('normalises %s', (claimed, expected) => {
    expect(clientAddress(claimed, '198.51.100.9')).toBe(expected);
  });

  it.each(['', 'unknown', '192.0.2.1:4711', '192.0.2.999', "1'; DROP TABLE users"])(
    'falls back to the peer for %j, which is no address',
    (claimed) => {
      expect(clientAddress(claimed, '::ffff:198.51.100.9')).toBe('198.51.100.9');
    },
  );

  it('returns the unspecified address when the peer is gone', () => {
    expect(clientAddress('', undefined)).toBe('::');
  });
});

describe('sourceOf', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:ffff::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ])('counts %s as %s', (address, source) => {
    expect(sourceOf(address)).toBe(source);
  });

  it('groups addresses of a /64 into one source, and the next /64 into another', () => {
    expect(sourceOf('2001:db8::1:2:3:4')).toBe(sourceOf('2001:db8::ffff:ffff:ffff:ffff'));
    expect(sourceOf('2001:db8:0:1::1')).not.toBe(sourceOf('2001:db8::1'));
  });
});
