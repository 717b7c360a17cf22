import { parseArea } from '../../../platform/config/env.js';
import { passkeysArea } from './passkeys.config.js';

type Env = Readonly<Record<string, string>>;

const parse = (env: Env) => parseArea(passkeysArea, env);
const fault = (name: string, rule: string) => ({ faults: [{ name, rule }] });
const OUTSIDE = 'must be the host of each of WEBAUTHN_ORIGINS, or a domain above it';

describe('the defaults of passkeys', () => {
  it.each([
    [{}, 'localhost', 'http://localhost:8080'],
    [
      { PUBLIC_URL: 'https://Accounts.Example.com:8443/base' },
      'accounts.example.com',
      'https://accounts.example.com:8443',
    ],
    // Browsers know no passkeys there.
    [{ PUBLIC_URL: 'http://127.0.0.1:8080' }, undefined, 'http://127.0.0.1:8080'],
  ])('follow PUBLIC_URL with %j', (env, id, origin) => {
    expect(parse(env as Env)).toEqual({
      values: { ...(id && { WEBAUTHN_RP_ID: id }), WEBAUTHN_ORIGINS: [origin] },
    });
  });

  it('leave a fault of PUBLIC_URL to its own area', () => {
    expect(parse({ PUBLIC_URL: 'nonsense' })).toEqual({ values: {} });
  });
});

describe('WEBAUTHN_RP_ID', () => {
  const parsed = (WEBAUTHN_RP_ID: string, WEBAUTHN_ORIGINS: string) =>
    parse({ WEBAUTHN_RP_ID, WEBAUTHN_ORIGINS });

  it.each([
    ['example.com', 'https://example.com'],
    ['example.com', 'https://a.b.example.com:8443'],
    ['localhost', 'http://localhost:3000'],
    ['Bücher.example', 'https://www.bücher.example'],
  ])('may be %s with %s', (id, origin) => {
    expect(parsed(id, origin)).toHaveProperty('values');
  });

  it.each([
    ['a domain below', 'a.example.com', 'https://example.com'],
    ['another domain with the same end', 'example.com', 'https://badexample.com'],
    ['a top-level domain', 'com', 'https://example.com'],
    ['localhost, above another host', 'localhost', 'https://app.localhost'],
    ['that of one origin only', 'example.com', 'https://example.com,https://example.org'],
    ['that of pages at an address', 'example.com', 'https://192.0.2.1'],
  ])('may not be %s', (_what, id, origins) => {
    expect(parsed(id, origins)).toEqual(fault('WEBAUTHN_RP_ID', OUTSIDE));
  });

  it.each([
    ['https://example.com', 'must name a host or an address'],
    ['example.com:443', 'must name a host or an address'],
    ['192.0.2.1', 'must be a domain'],
    ['2130706433', 'must be a domain'],
    ['::1', 'must be a domain'],
  ])('may not be %s', (id, rule) => {
    expect(parse({ WEBAUTHN_RP_ID: id })).toEqual(fault('WEBAUTHN_RP_ID', rule));
  });

  it('has to fit origins that were not given, too', () => {
    const [given, PUBLIC_URL] = ['example.org', 'https://example.com'];
    const refused = fault('WEBAUTHN_RP_ID', OUTSIDE);
    expect(parse({ PUBLIC_URL, WEBAUTHN_RP_ID: given })).toEqual(refused);
    expect(parse({ PUBLIC_URL, WEBAUTHN_ORIGINS: `https://${given}` })).toEqual(refused);
  });
});

describe('WEBAUTHN_ORIGINS', () => {
  const parsed = (WEBAUTHN_ORIGINS: string, ENVIRONMENT = 'test') =>
    parse({ WEBAUTHN_RP_ID: 'example.com', WEBAUTHN_ORIGINS, ENVIRONMENT });

  it('is a list, written as browsers send origins', () => {
    const given = 'https://Example.com:443/ , http://app.example.com:8080';
    expect(parsed(given)).toMatchObject({
      values: { WEBAUTHN_ORIGINS: ['https://example.com', 'http://app.example.com:8080'] },
    });
  });

  it.each([
    ['https://example.com/path', 'must not have a path'],
    ['https://example.com?a', 'must not have a query or a fragment'],
    ['https://me@example.com', 'must not hold a user or password'],
    ['https://example.com:0', 'must have a port from 1 to 65535'],
    ['https://example.com,', 'must be a URL starting with http: or https:'],
    ['example.com', 'must be a URL starting with http: or https:'],
    ['android:apk-key-hash:abc', 'must be a URL starting with http: or https:'],
  ])('may not be %s', (given, rule) => {
    expect(parsed(given)).toEqual(fault('WEBAUTHN_ORIGINS', rule));
  });

  it('is https in production, each of the list', () => {
    const refused = fault('WEBAUTHN_ORIGINS', 'must be https in production');
    expect(parsed('https://example.com,http://a.example.com', 'production')).toEqual(refused);
    expect(parsed('https://example.com,https://a.example.com', 'staging')).toHaveProperty('values');
    expect(parsed('http://example.com')).toHaveProperty('values');
  });
});
