import { statedIdentity } from './stated-identity.js';

const provider = { id: 'mock', trust_email: ['example.com'] };
const claims = { iss: 'https://accounts.example', sub: '1' };
const stated = (profile: object) => statedIdentity(provider, claims, { ...profile });

describe('what a provider states', () => {
  it.each([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
    [1, false],
    [undefined, false],
  ])(
    'counts an address with email_verified %j as verified: %s',
    (email_verified, emailVerified) => {
      expect(stated({ email: 'ada@example.com', email_verified })).toMatchObject({ emailVerified });
    },
  );

  it.each([undefined, 1, '', 'ada', 'ada@example.com\n@evil.example', ['ada@example.com']])(
    'takes %j for no address, and nothing as verified',
    (email) => {
      expect(stated({ email, email_verified: true })).toMatchObject({
        email: undefined,
        emailVerified: false,
        trusted: false,
      });
    },
  );

  it.each([
    ['ada@example.com', true],
    ['ada@EXAMPLE.com', true],
    ['ada@sub.example.com', false],
    ['ada@example.com.evil.example', false],
  ])('is trusted about %s: %s', (email, trusted) => {
    expect(stated({ email }).trusted).toBe(trusted);
  });

  it.each([
    [{ name: 'Ada', nickname: 'a' }, 'Ada'],
    [{ name: 'See www.evil.example', nickname: 'a' }, 'a'],
    [{ name: '', email: 'ada@example.com' }, 'ada'],
    [{ name: 7, email: 'www.evil.example@example.com' }, 'New user'],
    [{}, 'New user'],
  ])('names the person of %j %s', (profile, name) => {
    expect(stated(profile).name).toBe(name);
  });
});
