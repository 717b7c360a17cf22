import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseArea } from '../../platform/config/env.js';
import { identitiesArea } from './identities.config.js';

const SECRET = 'a-secret-that-no-message-repeats';
const GOOD = {
  id: 'google',
  issuer: 'https://accounts.example/',
  client_id: 'me',
  client_secret: SECRET,
};

const parse = (value: unknown, ENVIRONMENT = 'test') =>
  parseArea(identitiesArea, {
    ENVIRONMENT,
    OIDC_PROVIDERS: typeof value === 'string' ? value : JSON.stringify(value),
  });

describe('OIDC_PROVIDERS', () => {
  it('takes a list, with defaults, and leaves the issuer as it is', () => {
    expect(parse([GOOD])).toEqual({
      values: {
        OIDC_PROVIDERS: [
          { ...GOOD, label: 'google', scopes: ['openid', 'email', 'profile'], trust_email: [] },
        ],
      },
    });
  });

  it('takes scopes as text or list, and domains in any form', () => {
    const more = { scopes: 'email', trust_email: ['Example.COM', 'bücher.example'], label: 'G' };
    expect(parse([{ ...GOOD, ...more }])).toMatchObject({
      values: {
        OIDC_PROVIDERS: [
          {
            label: 'G',
            scopes: ['openid', 'email'],
            trust_email: ['example.com', 'xn--bcher-kva.example'],
          },
        ],
      },
    });
  });

  it.each([
    [SECRET, 'must be a list'],
    [{ ...GOOD }, 'must be a list'],
    [[], 'must not be empty'],
    [[SECRET], 'element 1: must be an object'],
    [
      [GOOD, { ...GOOD, issuer: 'ftp://x', id: 'Ä' }],
      'element 2: id must consist of a-z, 0-9, - and _; element 2: issuer must be a URL starting with http: or https:',
    ],
    [
      [{ id: 'a' }],
      'element 1: issuer is missing; element 1: client_id is missing; element 1: client_secret is missing',
    ],
    [[{ ...GOOD, [SECRET]: SECRET }], 'element 1: must have known keys only'],
    [
      [{ ...GOOD, issuer: `https://me:${SECRET}@a` }],
      'element 1: issuer must not hold a user or password',
    ],
    [[{ ...GOOD, trust_email: 'example.com' }], 'element 1: trust_email must be a list of domains'],
    [[{ ...GOOD, trust_email: ['*'] }], 'element 1: trust_email must be a domain'],
    [[{ ...GOOD, scopes: 1 }], 'element 1: scopes must be a list of scopes'],
    [[GOOD, GOOD], 'must have a different id in each element'],
  ])('refuses %j in one line without a value', (value, rule) => {
    expect(parse(value)).toEqual({ faults: [{ name: 'OIDC_PROVIDERS', rule }] });
  });

  it('refuses issuers without TLS in production', () => {
    const plain = [{ ...GOOD, issuer: 'http://127.0.0.1:8080' }];
    expect(parse(plain)).toHaveProperty('values');
    expect(parse(plain, 'production')).toEqual({
      faults: [{ name: 'OIDC_PROVIDERS', rule: 'must have https: issuers in production' }],
    });
  });

  it('is read from a mounted file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cnua-providers-'));
    const OIDC_PROVIDERS_FILE = join(folder, 'providers.json');
    writeFileSync(OIDC_PROVIDERS_FILE, JSON.stringify([GOOD], null, 2));
    const parsed = parseArea(identitiesArea, { OIDC_PROVIDERS_FILE });
    rmSync(folder, { recursive: true });
    expect(parsed).toMatchObject({ values: { OIDC_PROVIDERS: [{ id: 'google' }] } });
  });
});
