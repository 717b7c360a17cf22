import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseArea } from '../config/env.js';
import { brandingArea } from './branding.config.js';
import { contrast, readableOn } from './contrast.js';
import { MAX_LOGO_BYTES } from './logo.js';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);

describe('look and language', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'branding-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  function logo(content: Buffer | string) {
    const path = join(folder, 'logo');
    writeFileSync(path, content);
    return parseArea(brandingArea, { BRAND_LOGO: path });
  }

  it('reads a logo', () => {
    expect(logo(PNG)).toMatchObject({ values: { BRAND_LOGO: { type: 'image/png', bytes: PNG } } });
  });

  it('refuses a logo that mail programs do not show, a large one, and one that is not there', () => {
    const rule = 'must be a PNG, JPEG or GIF';
    expect(logo('<svg/>')).toEqual({ faults: [{ name: 'BRAND_LOGO', rule }] });
    expect(logo(Buffer.concat([PNG, Buffer.alloc(MAX_LOGO_BYTES)]))).toHaveProperty('faults');
    expect(parseArea(brandingArea, { BRAND_LOGO: join(folder, 'none') })).toHaveProperty('faults');
  });

  it.each([
    ['BRAND_COLOR', 'red'],
    ['BRAND_COLOR', '#12345'],
    ['DEFAULT_LOCALE', 'german'],
  ])('refuses %s=%s', (name, value) => {
    expect(parseArea(brandingArea, { [name]: value })).toEqual({
      faults: [{ name, rule: expect.any(String) as string }],
    });
  });

  it('writes colour and locale in their usual form', () => {
    expect(
      parseArea(brandingArea, { BRAND_COLOR: '#ABCDEF', DEFAULT_LOCALE: 'de-ch' }),
    ).toMatchObject({
      values: { BRAND_COLOR: '#abcdef', DEFAULT_LOCALE: 'de-CH' },
    });
  });
});

describe('readableOn', () => {
  it.each(['#000000', '#ffffff', '#1f5fbf', '#ffcc00', '#767676', '#e91e63', '#00ff00', '#7f7f7f'])(
    'has a contrast of at least 4.5:1 on %s',
    (color) => {
      expect(contrast(color, readableOn(color))).toBeGreaterThanOrEqual(4.5);
    },
  );
});
