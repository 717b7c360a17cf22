import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { packageRoot } from '../../../platform/app/package-info.js';
import { contrast } from '../../../platform/branding/contrast.js';
import { BrandAssets, SURFACES } from './brand-assets.js';

function assets(color: string, logo?: { type: string; bytes: Buffer }, name = 'Übermut') {
  const brand = new BrandAssets({ name, color, logo });
  return { ...brand, text: (file: string) => brand.read(file)?.content.toString() ?? '' };
}

/** The value of a custom property, in light and in dark. */
function values(css: string, property: string): string[] {
  return [...css.matchAll(new RegExp(`--${property}:([^;}]+)`, 'g'))].map(
    ([, value = '']) => value,
  );
}

describe('the brand on pages', () => {
  it.each(['#000000', '#ffffff', '#ffe600', '#1f5fbf', '#171b22', '#767676'])(
    '%s has a text that can be read, and buttons that stand out, in light and in dark',
    (color) => {
      const { styles, text } = assets(color);
      const css = text(styles);
      expect(values(css, 'brand')).toEqual([color, color]);
      for (const on of values(css, 'on-brand'))
        expect(contrast(color, on)).toBeGreaterThanOrEqual(4.5);
      const edges = values(css, 'brand-edge');
      Object.values(SURFACES).forEach((surface, index) => {
        const own = edges[index] === color;
        expect([surface, own]).toEqual([surface, contrast(color, surface) >= 2]);
      });
    },
  );

  it('is judged on the surfaces that pages have', () => {
    const tokens = readFileSync(join(packageRoot, 'pages', 'tokens.css'), 'utf8');
    expect(values(tokens, 'surface').map((value) => value.trim())).toEqual(Object.values(SURFACES));
  });

  it('has a logo of its type, and an icon with the first letter of the name', () => {
    const {
      logo = '',
      icon,
      text,
    } = assets('#1f5fbf', { type: 'image/png', bytes: Buffer.from('x') });
    expect(logo).toMatch(/^logo-[0-9a-f]{12}\.png$/);
    expect(text(logo)).toBe('x');
    expect(text(icon)).toMatch(/>\s*Ü\s*<\/text>/);
    const { logo: none, ...escaped } = assets('#1f5fbf', undefined, '<b>');
    expect([none, escaped.text(escaped.icon)]).toEqual([
      undefined,
      expect.stringMatching(/>\s*&lt;\s*<\/text>/),
    ]);
  });
});
