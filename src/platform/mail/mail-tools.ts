import { appConfig } from '../app/app.config.js';
import { brandingConfig } from '../branding/branding.config.js';
import { UsageError } from '../cli/command.errors.js';
import { word } from '../cli/admin-command.js';
import { canonicalLocale } from '../common/locale.js';
import { loadSections } from '../config/section.js';
import { httpConfig } from '../http/server/http.config.js';
import { emailConfig } from './email.config.js';
import { type MailTemplate, mailTemplates } from './messages/mail.js';
import type { MailRenderer } from './templates/mail-renderer.js';
import { PublicUrl } from './messages/public-url.js';
import { createRenderer } from './create-transport.js';

const SECTIONS = [appConfig, brandingConfig, emailConfig, httpConfig];

/** What writes and sends mails, without a database. */
export interface MailTools {
  readonly app: ReturnType<typeof appConfig>;
  readonly email: ReturnType<typeof emailConfig>;
  readonly branding: ReturnType<typeof brandingConfig>;
  readonly publicUrl: PublicUrl;
  readonly renderer: MailRenderer;
}

/** @throws InvalidConfiguration; own templates are part of it. */
export async function mailTools(): Promise<MailTools> {
  await loadSections(SECTIONS);
  const [email, branding, publicUrl] = [
    emailConfig(),
    brandingConfig(),
    new PublicUrl(httpConfig()),
  ];
  return {
    app: appConfig(),
    email,
    branding,
    publicUrl,
    renderer: createRenderer(publicUrl, branding, email),
  };
}

/** @throws UsageError */
export function templateNamed(name: string): MailTemplate {
  return word('the template', mailTemplates, name);
}

/** @throws UsageError */
export function localeNamed(text: string): string {
  const locale = canonicalLocale(text);
  if (locale === undefined) throw new UsageError('--locale must be a BCP 47 language tag');
  return locale;
}
