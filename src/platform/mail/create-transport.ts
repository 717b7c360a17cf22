import { join } from 'node:path';

import type { ConfigType } from '@nestjs/config';
import type { PinoLogger } from 'nestjs-pino';

import type { appConfig } from '../app/app.config.js';
import type { brandingConfig } from '../branding/branding.config.js';
import type { emailConfig } from './email.config.js';
import type { MailTransport } from './messages/mail.js';
import { MailRenderer } from './templates/mail-renderer.js';
import type { PublicUrl } from './messages/public-url.js';
import { MailTemplates } from './templates/mail-templates.js';
import { HttpMailTransport } from './transports/http-mail-transport.js';
import { LogMailTransport } from './transports/log-mail-transport.js';
import { OutboxMailTransport } from './transports/outbox-mail-transport.js';

export function createRenderer(
  publicUrl: Pick<PublicUrl, 'base'>,
  branding: ConfigType<typeof brandingConfig>,
  email: Pick<ConfigType<typeof emailConfig>, 'templatesFolder'>,
): MailRenderer {
  return new MailRenderer(publicUrl, branding, new MailTemplates(email.templatesFolder));
}

/** The transport that `EMAIL_SERVICE_URL` names. */
export async function createTransport(
  email: ConfigType<typeof emailConfig>,
  renderer: MailRenderer,
  publicUrl: Pick<PublicUrl, 'base'>,
  branding: ConfigType<typeof brandingConfig>,
  app: ConfigType<typeof appConfig>,
  logger: Pick<PinoLogger, 'info'>,
): Promise<MailTransport> {
  if (email.serviceUrl === undefined) {
    return new OutboxMailTransport(join(app.dataDir, 'outbox'), renderer);
  }
  if (email.serviceUrl === 'log:') return new LogMailTransport(logger);
  if (/^https?:/i.test(email.serviceUrl)) {
    return new HttpMailTransport(email.serviceUrl, email.token);
  }
  // Loaded only when used, to keep the start of other processes fast.
  const { SmtpMailTransport } = await import('./transports/smtp-mail-transport.js');
  const from = email.from ?? `no-reply@${new URL(publicUrl.base).hostname}`;
  return new SmtpMailTransport(email.serviceUrl, from, renderer, branding.logo, email.timeoutMs);
}
