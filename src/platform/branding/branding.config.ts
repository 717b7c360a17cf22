import { z } from 'zod';

import { canonicalLocale } from '../common/locale.js';
import { area } from '../config/area.js';
import { section } from '../config/section.js';
import { text } from '../config/variable-primitives.js';
import { readableOn } from './contrast.js';
import { type Logo, readLogo } from './logo.js';

const color = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, { error: 'must be a colour of the form #rrggbb' })
  .toLowerCase()
  .describe('`#rrggbb`');

const logoFile = z
  .string()
  .transform((path, context): Logo => {
    const logo = readLogo(path);
    if ('bytes' in logo) return logo;
    context.addIssue({ code: 'custom', message: logo.rule });
    return z.NEVER;
  })
  .describe('path of a PNG, JPEG or GIF of at most 100,000 bytes');

const locale = z
  .string()
  .refine((tag) => canonicalLocale(tag) !== undefined, { error: 'must be a BCP 47 language tag' })
  .transform((tag) => canonicalLocale(tag) ?? tag)
  .describe('BCP 47 language tag');

export const brandingArea = area({
  title: 'Look and language',
  variables: {
    BRAND_NAME: {
      schema: text(100),
      fallback: 'User Accounts',
      about: 'What mails and pages call this service.',
    },
    BRAND_COLOR: {
      schema: color,
      fallback: '#1f5fbf',
      about:
        'Colour of buttons in mails and on pages. Their text is black or white, whichever is easier to read.',
    },
    BRAND_LOGO: {
      schema: logoFile,
      about:
        'Picture at the top of mails and pages, shown 40 pixels high; without it the name is there.',
    },
    DEFAULT_LOCALE: {
      schema: locale,
      fallback: 'en',
      about:
        'Locale of users who prefer none at sign-up. Mails and pages are in its language where the locale of the user has no texts.',
    },
  },
});

export const brandingConfig = section('branding', brandingArea, (env) => ({
  name: env.BRAND_NAME,
  color: env.BRAND_COLOR,
  textColor: readableOn(env.BRAND_COLOR),
  logo: env.BRAND_LOGO,
  defaultLocale: env.DEFAULT_LOCALE,
}));
