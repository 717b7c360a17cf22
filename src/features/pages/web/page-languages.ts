import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import type { FastifyRequest } from 'fastify';

import { brandingConfig } from '../../../platform/branding/branding.config.js';
import { acceptedLocales, type Language, languageOf } from '../../../platform/common/locale.js';
import { UsersRepository } from '../../users/users.repository.js';
import type { Messages } from '../messages/en.js';

/** The language of a page, with its texts. */
export interface PageLanguage {
  readonly language: Language;
  readonly t: Messages;
}

/** Chooses the language of a page: that of the account, then those of the browser. */
@Injectable()
export class PageLanguages {
  constructor(
    private readonly users: UsersRepository,
    @Inject(brandingConfig.KEY) private readonly config: ConfigType<typeof brandingConfig>,
  ) {}

  async of({ current, headers }: FastifyRequest): Promise<PageLanguage> {
    const { messages } = await import('../messages/messages.js');
    const { principal } = current ?? {};
    const own = principal?.kind === 'user' ? await this.localeOf(principal.userId) : [];
    const accepted = acceptedLocales(headers['accept-language']);
    const language = languageOf(...own, ...accepted, this.config.defaultLocale);
    return { language, t: messages[language] };
  }

  /** A page that tells of a lost database is in the language of the browser. */
  private async localeOf(userId: string): Promise<string[]> {
    try {
      return [(await this.users.byId(userId)).locale];
    } catch {
      return [];
    }
  }
}
