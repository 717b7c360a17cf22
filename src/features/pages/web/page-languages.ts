import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import type { Messages } from '../messages/en.js';
import type { Language } from '../messages/messages.js';

/** The language of a page, with its texts. */
export interface PageLanguage {
  readonly language: Language;
  readonly t: Messages;
}

/** Chooses the language of a page: that of the account, then those of the browser. */
@Injectable()
export class PageLanguages {
  async of({ headers }: FastifyRequest): Promise<PageLanguage> {
    const { chooseLanguage, messages } = await import('../messages/messages.js');
    const language = chooseLanguage(undefined, headers['accept-language']);
    return { language, t: messages[language] };
  }
}
