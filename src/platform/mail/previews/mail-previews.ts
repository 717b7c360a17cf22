import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { brandingConfig } from '../../branding/branding.config.js';
import { languages } from '../../common/locale.js';
import {
  type Mail,
  type MailTemplate,
  mailTemplates,
  type RenderedMail,
} from '../messages/mail.js';
import { variablesOf } from '../messages/mail-links.js';
import { MailRenderer } from '../messages/mail-renderer.js';

/** As long as a real one, and never valid. */
const TOKEN = 'sample-token-without-effect-000000000000000';
const NAME = 'Ada Lovelace';

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

/** Sample values of the variables that a template has. */
export function sampleOf(template: MailTemplate, locale: string): Mail['variables'] {
  const variables = variablesOf(template);
  return {
    locale,
    ...(variables.includes('name') && { name: NAME }),
    ...(variables.includes('token') && { token: TOKEN }),
  };
}
