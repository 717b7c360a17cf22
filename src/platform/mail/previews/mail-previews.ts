import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { brandingConfig } from '../../branding/branding.config.js';
import { languages } from '../../common/locale.js';
import { type MailTemplate, mailTemplates, type RenderedMail } from '../messages/mail.js';
import { sampleOf } from '../messages/sample-variables.js';
import { MailRenderer } from '../templates/mail-renderer.js';

/** Mails with sample values. */
@Injectable()
export class MailPreviews {
  constructor(
    private readonly renderer: MailRenderer,
    @Inject(brandingConfig.KEY) private readonly branding: ConfigType<typeof brandingConfig>,
  ) {}

  list() {
    return { templates: [...mailTemplates], languages: [...languages] };
  }

  /** A mail as its recipient would see it. @param locale a BCP 47 tag. */
  async render(
    template: MailTemplate,
    locale: string = this.branding.defaultLocale,
  ): Promise<RenderedMail> {
    return this.renderer.render({ template, variables: sampleOf(template, locale) });
  }
}
