import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { area, inProduction } from './area.js';
import { InvalidConfiguration, parseArea } from './env.js';
import { list, whole } from './variable-primitives.js';
import { httpBase } from './urls/service-url.js';

const shop = area({
  title: 'Shop',
  variables: {
    SHOP_URL: { schema: httpBase(), secret: true, about: 'Where the shop is.' },
    SHOP_SIZE: { schema: whole(1, 9), fallback: '5', about: 'How big it is.' },
    SHOP_TAGS: { schema: list(), about: 'What it sells.' },
    SHOP_CERTIFICATE: { schema: list(), mountable: true, about: 'Not secret, but mounted.' },
  },
  rules: [
    {
      variable: 'SHOP_URL',
      check: inProduction('is required in production', (env) => env.SHOP_URL === undefined),
    },
  ],
});

const size = { schema: whole(1, 9), fallback: '5', about: 'How big it is.' } as const;
const sign = area({
  title: 'Sign',
  variables: {
    SIGN_SIZE: {
      schema: whole(10, 90),
      follows: { name: 'SHOP_SIZE', variable: size, as: (text) => `${text}0` },
      about: 'How big the sign is.',
    },
  },
});

describe('parseArea', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cnua-env-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  function file(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  it('returns defaults, and undefined without one', () => {
    expect(parseArea(shop, {})).toEqual({ values: { SHOP_SIZE: 5 } });
  });

  it('returns a default that depends on another setting', () => {
    expect(parseArea(sign, {})).toEqual({ values: { SIGN_SIZE: 50 } });
    expect(parseArea(sign, { SHOP_SIZE: '7' })).toEqual({ values: { SIGN_SIZE: 70 } });
    expect(parseArea(sign, { SHOP_SIZE: '7', SIGN_SIZE: '10' })).toEqual({
      values: { SIGN_SIZE: 10 },
    });
  });

  it('reports no fault for a setting whose default depends on an invalid one', () => {
    expect(parseArea(sign, { SHOP_SIZE: 'big' })).toEqual({ values: {} });
  });

  it('treats an empty value as unset', () => {
    expect(parseArea(shop, { SHOP_URL: '', SHOP_SIZE: '', SHOP_TAGS: '' })).toEqual({
      values: { SHOP_SIZE: 5 },
    });
  });

  it('names all faults at once, each with the broken rule', () => {
    expect(parseArea(shop, { SHOP_URL: 'ftp://x', SHOP_SIZE: '10', SHOP_TAGS: 'a,,b' })).toEqual({
      faults: [
        { name: 'SHOP_URL', rule: 'must be a URL starting with http: or https:' },
        { name: 'SHOP_SIZE', rule: 'must be a whole number from 1 to 9' },
        { name: 'SHOP_TAGS', rule: 'must not have an empty element' },
      ],
    });
  });

  it('reads a mounted file and strips the one newline at its end', () => {
    const SHOP_CERTIFICATE_FILE = file('certificate', 'one , two\r\n');
    expect(parseArea(shop, { SHOP_CERTIFICATE_FILE })).toMatchObject({
      values: { SHOP_CERTIFICATE: ['one', 'two'] },
    });
  });

  it('removes the byte-order mark of a file and surrounding spaces', () => {
    const SHOP_CERTIFICATE_FILE = file('marked', '\u{FEFF} one \n\n');
    expect(parseArea(shop, { SHOP_CERTIFICATE_FILE: ` ${SHOP_CERTIFICATE_FILE}\n` })).toMatchObject(
      {
        values: { SHOP_CERTIFICATE: ['one'] },
      },
    );
  });

  it('rejects a value that is not UTF-8, which Node reads with replacement characters', () => {
    const SHOP_URL = Buffer.from('https://shop.example/caf\xe9', 'latin1').toString();
    expect(parseArea(shop, { SHOP_URL })).toMatchObject({
      faults: [{ name: 'SHOP_URL', rule: 'must be UTF-8' }],
    });
  });

  it('rejects a file that is not UTF-8', () => {
    const SHOP_URL_FILE = file('latin', '');
    writeFileSync(SHOP_URL_FILE, Buffer.from('https://shop.example/caf\xe9', 'latin1'));
    expect(parseArea(shop, { SHOP_URL_FILE })).toEqual({
      faults: [{ name: 'SHOP_URL_FILE', rule: 'must be a file in UTF-8' }],
    });
  });

  it('trims every value, and treats spaces as unset', () => {
    const padded = { SHOP_URL: ' https://shop.example\n', SHOP_SIZE: '\t7 ', SHOP_TAGS: '  ' };
    expect(parseArea(shop, padded)).toEqual({
      values: { SHOP_URL: 'https://shop.example', SHOP_SIZE: 7 },
    });
    expect(parseArea(shop, { ENVIRONMENT: ' Production ' })).toHaveProperty('faults');
    expect(parseArea(shop, { ENVIRONMENT: ' TEST ' })).toHaveProperty('values');
  });

  it('treats an empty file as an unset variable', () => {
    expect(parseArea(shop, { SHOP_URL_FILE: file('empty', '\n') })).toEqual({
      values: { SHOP_SIZE: 5 },
    });
  });

  it('ignores a file for a variable that cannot be mounted', () => {
    expect(parseArea(shop, { SHOP_SIZE_FILE: file('size', '7') })).toEqual({
      values: { SHOP_SIZE: 5 },
    });
  });

  it('names the _FILE variable when the content of a file breaks a rule', () => {
    expect(parseArea(shop, { SHOP_URL_FILE: file('bad', 'ftp://x') })).toEqual({
      faults: [{ name: 'SHOP_URL_FILE', rule: 'must be a URL starting with http: or https:' }],
    });
  });

  it('rejects a file that cannot be read', () => {
    expect(parseArea(shop, { SHOP_URL_FILE: join(folder, 'missing') })).toEqual({
      faults: [{ name: 'SHOP_URL_FILE', rule: 'must be a readable file' }],
    });
  });

  it('rejects both forms together, even with equal values', () => {
    const SHOP_URL = 'https://shop.example';
    expect(parseArea(shop, { SHOP_URL, SHOP_URL_FILE: file('same', SHOP_URL) })).toEqual({
      faults: [{ name: 'SHOP_URL_FILE', rule: 'must not be set together with SHOP_URL' }],
    });
  });

  it.each(['staging', 'production', 'anything-else'])(
    'applies production rules in %s',
    (ENVIRONMENT) => {
      expect(parseArea(shop, { ENVIRONMENT })).toEqual({
        faults: [{ name: 'SHOP_URL', rule: 'is required in production' }],
      });
    },
  );

  it.each(['development', 'test', ''])(
    'does not apply the production rules to %p',
    (ENVIRONMENT) => {
      expect(parseArea(shop, { ENVIRONMENT })).toHaveProperty('values');
    },
  );
});

describe('InvalidConfiguration', () => {
  it('has one line per fault and exit code 78', () => {
    const error = new InvalidConfiguration([
      { name: 'A', rule: 'must be a' },
      { name: 'B', rule: 'must be b' },
    ]);
    expect(error.message).toBe('A: must be a\nB: must be b');
    expect(error.exitCode).toBe(78);
  });
});
