import { randomUUID } from 'node:crypto';

import { Option, SubCommand } from 'nest-commander';

import { ReportingCommand } from '../cli/admin-command.js';
import { CommandFailed, UsageError } from '../cli/command.errors.js';
import { emailFault, storedEmail } from '../common/email-address.js';
import { safeMessage } from '../observability/logging/exception.js';
import type { MailTemplate } from './messages/mail.js';
import { sampleOf } from './messages/sample-variables.js';
import { createTransport } from './create-transport.js';
import { localeNamed, mailTools, templateNamed } from './mail-tools.js';

interface Options {
  to: string;
  template: MailTemplate;
  locale?: string;
  json?: boolean;
}

@SubCommand({
  name: 'send-test',
  description: 'send one mail with sample values through the transport, and show its answer',
})
export class MailsSendTestCommand extends ReportingCommand {
  async run(_args: string[], { to, template, locale, json }: Options): Promise<void> {
    const { email, renderer, publicUrl, branding, app } = await mailTools();
    const transport = await createTransport(email, renderer, publicUrl, branding, app, {
      info: () => undefined,
    });
    const variables = sampleOf(template, locale ?? branding.defaultLocale);
    const mail = { to: storedEmail(to).email, template, variables, idempotencyKey: randomUUID() };
    try {
      const answer = await transport.send(mail, AbortSignal.timeout(email.timeoutMs));
      this.print({ template, answer }, json, `Sent ${template}: ${answer}.`);
    } catch (error) {
      throw new CommandFailed(`Not sent: ${safeMessage(error)}.`);
    } finally {
      transport.close();
    }
  }

  @Option({ flags: '--to <address>', description: 'recipient', required: true })
  parseTo(value: string): string {
    const fault = emailFault(value);
    if (fault !== undefined) throw new UsageError(`--to ${fault}`);
    return value;
  }

  @Option({
    flags: '--template <template>',
    description: 'template to send',
    defaultValue: 'welcome',
  })
  parseTemplate(value: string): MailTemplate {
    return templateNamed(value);
  }

  @Option({ flags: '--locale <locale>', description: 'BCP 47 tag (default: DEFAULT_LOCALE)' })
  parseLocale(value: string): string {
    return localeNamed(value);
  }
}
