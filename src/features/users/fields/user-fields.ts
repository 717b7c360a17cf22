import { z } from 'zod';

import { emailFault, MAX_EMAIL } from '../../../platform/common/email-address.js';
import { canonicalLocale, MAX_LOCALE } from '../../../platform/common/locale.js';
import { roles } from '../../../platform/common/request/principal.js';
import { line } from '../../../platform/common/primitives.js';

/** The fields of a user that have the same rules wherever they come from. */

export const statuses = ['active', 'suspended'] as const;
export const tiers = ['free', 'pro', 'enterprise'] as const;
/** Tiers that are charged for. */
export const paidTiers: readonly string[] = tiers.filter((tier) => tier !== 'free');
export type Status = (typeof statuses)[number];
export type Tier = (typeof tiers)[number];

export const emailField = z
  .string({ error: 'must be text' })
  .trim()
  .superRefine((address, context) => {
    const message = emailFault(address);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  })
  .meta({
    description: 'Its domain may be internationalised; the part before the @ is ASCII.',
    maxLength: MAX_EMAIL,
    examples: ['ada@example.com'],
  });

/**
 * Invisible characters, or characters that change the text direction: they can imitate another name
 * or hide text. The joiners U+200C and U+200D are allowed, since Persian, Indic scripts and emoji
 * need them.
 */
const INVISIBLE = /[\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/u;

export const nameField = z
  .string({ error: 'must be text' })
  // Before trimming, which would remove some of them.
  .refine((name) => !INVISIBLE.test(name), { error: 'must not contain invisible characters' })
  .pipe(line(1, 200))
  .meta({ examples: ['Ada Lovelace'] });

export const sourceField = line(1, 64)
  .optional()
  .meta({ examples: ['web'] });

export const localeField = z
  .string({ error: 'must be text' })
  .refine((text) => canonicalLocale(text) !== undefined, {
    error: 'must be a BCP 47 language tag',
  })
  .overwrite((text) => canonicalLocale(text) ?? text)
  .meta({ description: 'BCP 47 language tag', maxLength: MAX_LOCALE, examples: ['de-CH'] });

export const tierField = z.enum(tiers, { error: `must be one of ${tiers.join(', ')}` });
export const statusField = z.enum(statuses, { error: `must be one of ${statuses.join(', ')}` });
export const roleField = z.enum(roles, { error: `must be one of ${roles.join(', ')}` });
