import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { brandingConfig } from '../../../platform/branding/branding.config.js';
import { BrowserCookies } from '../../../platform/http/browser/browser-cookies.js';
import { type CsrfBinding, CsrfTokens } from '../../../platform/http/browser/csrf.js';
import { isSafe } from '../../../platform/http/browser/fetch-metadata.js';
import { newToken } from '../../credentials/opaque-token.js';
import { VISITOR_COOKIE } from '../../sessions/authentication/cookie-authentication.js';
import { Assets } from '../assets/assets.js';
import { ConsolePlace } from './console-place.js';
import { PageLanguages } from './page-languages.js';
import type { Shown } from '../page/page-answer.js';

/**
 * Nothing but our own style sheet, script and pictures; forms go to us only. A form that starts a sign-in
 * by a provider is a link, since `form-action` holds for redirects too.
 */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Makes the HTML of pages. Views, texts and the frame are loaded by the first page. */
@Injectable()
export class PageRenderer {
  constructor(
    private readonly cookies: BrowserCookies,
    private readonly csrf: CsrfTokens,
    private readonly languages: PageLanguages,
    private readonly assets: Assets,
    private readonly consolePlace: ConsolePlace,
    @Inject(brandingConfig.KEY) private readonly branding: ConfigType<typeof brandingConfig>,
  ) {}

  async render(
    { content }: Pick<Shown, 'content'>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<string> {
    void reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', CONTENT_SECURITY_POLICY);
    const binding = this.bindingOf(request, reply);
    const { language, t } = await this.languages.of(request);
    const context = {
      t,
      language,
      brand: this.branding.name,
      csrfToken: this.csrf.issue(binding),
      signedIn: binding.kind === 'session',
      path: request.url.replace(/\?.*$/s, ''),
      consolePath: this.consolePlace.of(request, reply),
    };
    const { frame } = await import('../layout/frame.js');
    return frame(await content(context), context, this.assets.links()).text;
  }

  /** A visitor's first page gets the cookie that the tokens of its forms are bound to. */
  private bindingOf(request: FastifyRequest, reply: FastifyReply): CsrfBinding {
    const { current, headers } = request;
    const { principal } = current ?? {};
    if (principal?.kind === 'user') return { kind: 'session', id: principal.sessionId };
    const id = this.cookies.read(headers, VISITOR_COOKIE) ?? newToken();
    // A refused form of another site must not replace what open forms are bound to.
    if (isSafe(request)) this.cookies.set(reply, VISITOR_COOKIE, id);
    return { kind: 'visitor', id };
  }
}
