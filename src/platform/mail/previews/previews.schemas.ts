import { z } from 'zod';

import { canonicalLocale, MAX_LOCALE } from '../../common/locale.js';
import { mailTemplates } from '../messages/mail.js';

const locale = z
  .string({ error: 'must be text' })
  .refine((tag) => canonicalLocale(tag) !== undefined, { error: 'must be a BCP 47 language tag' })
  .meta({ maxLength: MAX_LOCALE, examples: ['de'] });

export const previewQuery = z.strictObject({
  template: z
    .enum(mailTemplates, { error: 'must be the name of a template' })
    .meta({ examples: ['welcome'] }),
  locale: locale.optional().describe('BCP 47; without it, the default one'),
});

export const previewResponse = z
  .object({ subject: z.string(), text: z.string(), html: z.string() })
  .meta({ id: 'MailPreview' });

export const templateList = z
  .object({ templates: z.array(z.string()), languages: z.array(z.string()) })
  .meta({ id: 'MailTemplates' });

export type PreviewQuery = z.infer<typeof previewQuery>;
export type PreviewResponse = z.infer<typeof previewResponse>;
export type TemplateList = z.infer<typeof templateList>;
