import { type Facts, type Match, matchOf } from './account-matching.js';

/** Nobody has the address, and anybody may register. */
const NEWCOMER: Facts = {
  localVerified: undefined,
  providerVerified: true,
  trusted: true,
  disclosure: true,
  registrationOpen: true,
};

describe('an identity that no account has', () => {
  it.each(
    [true, false].flatMap((a) =>
      [true, false].flatMap((b) => [true, false].map((c) => [a, b, c] as const)),
    ),
  )(
    'links by its address only if all vouch for it: owner %s, provider %s, operator %s',
    (localVerified, providerVerified, trusted) => {
      const match = matchOf({ ...NEWCOMER, localVerified, providerVerified, trusted });
      expect(match).toBe(localVerified && providerVerified && trusted ? 'link' : 'ask-owner');
    },
  );

  it.each<[string, Partial<Facts>, Match]>([
    ['an address that nobody has', {}, 'create'],
    ['an unverified one', { providerVerified: false }, 'create'],
    [
      'an unverified one, without disclosure',
      { providerVerified: false, disclosure: false },
      'ask-owner',
    ],
    ['a verified one, without disclosure', { disclosure: false }, 'create'],
    ['no address', { providerVerified: undefined }, 'no-address'],
    [
      'no address, and closed registration',
      { providerVerified: undefined, registrationOpen: false },
      'closed',
    ],
    ['closed registration', { registrationOpen: false }, 'closed'],
    [
      'closed registration, and an account that all vouch for',
      { registrationOpen: false, localVerified: true },
      'link',
    ],
    [
      'closed registration, and an account',
      { registrationOpen: false, localVerified: false },
      'ask-owner',
    ],
  ])('with %s', (_name, facts, match) => {
    expect(matchOf({ ...NEWCOMER, ...facts })).toBe(match);
  });
});
