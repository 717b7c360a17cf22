import type { ConfigType } from '@nestjs/config';

import type { brandingConfig } from '../../branding/branding.config.js';
import { languageOf } from '../../common/locale.js';
import type { Look, TextValues } from './compiled-template.js';
import type { MailTemplates } from './mail-templates.js';
import { phrases } from './phrases.js';
import type { Mail, RenderedMail } from '../messages/mail.js';
import { linkOf } from '../messages/mail-links.js';
import type { PublicUrl } from '../messages/public-url.js';

/** Control characters, line feeds among them. */
const CONTROLS = /\p{Cc}+/gu;

/** Writes mails, for the transports that do not render templates themselves. */
export class MailRenderer {
  /** @param publicUrl base of the links, which may be unknown at start. */
  constructor(
    private readonly publicUrl: Pick<PublicUrl, 'base'>,
    private readonly branding: ConfigType<typeof brandingConfig>,
    private readonly templates: MailTemplates,
  ) {}

  /**
   * Renders a mail in the language of its locale, else of the default one, else in English.
   * @param logo URL of the picture in the HTML; by default the picture is part of the HTML.
   */
  async render(
    { template, variables }: Pick<Mail, 'template' | 'variables'>,
    logo?: string,
  ): Promise<RenderedMail> {
    const { defaultLocale } = this.branding;
    const language = languageOf(variables.locale, defaultLocale);
    const [compiled, frame, { htmlOf, subjectOf, textOf }] = await Promise.all([
      this.templates.template(template, language),
      this.templates.frame(),
      import('./compiled-template.js'),
    ]);
    const values: TextValues = {
      brand: this.branding.name,
      site: this.publicUrl.base,
      locale: variables.locale,
      name: variables.name?.replace(CONTROLS, ' ') ?? null,
      token: variables.token ?? null,
      link: linkOf({ template, variables }, this.publicUrl.base) ?? null,
    };
    const look: Look = {
      language,
      brand: this.branding.name,
      color: this.branding.color,
      text_color: this.branding.textColor,
      logo: this.branding.logo === undefined ? null : (logo ?? dataUrl(this.branding.logo)),
      footer: phrases[language].footer(this.branding.name),
      link_hint: phrases[language].linkHint,
    };
    return {
      subject: subjectOf(compiled, values),
      text: textOf(compiled, values, look),
      html: htmlOf(compiled, values, look, frame),
    };
  }
}

function dataUrl({ type, bytes }: { readonly type: string; readonly bytes: Buffer }): string {
  return `data:${type};base64,${bytes.toString('base64')}`;
}
