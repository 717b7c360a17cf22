import { Option, SubCommand } from 'nest-commander';

import { ReportingCommand } from '../cli/admin-command.js';
import { writeOutput } from '../cli/output-target.js';
import { MailPreviews } from './previews/mail-previews.js';
import { localeNamed, mailTools, templateNamed } from './mail-tools.js';

interface Options {
  locale?: string;
  out?: string;
  json?: boolean;
}

@SubCommand({
  name: 'preview',
  description: 'show a mail with sample values; needs no database',
  arguments: '<template>',
  argsDescription: { template: 'such as welcome' },
})
export class MailsPreviewCommand extends ReportingCommand {
  async run([name = '']: string[], { locale, out, json }: Options): Promise<void> {
    const template = templateNamed(name);
    const { renderer, branding } = await mailTools();
    const mail = await new MailPreviews(renderer, branding).render(template, locale);
    const { subject, text, html } = mail;
    if (out === undefined) {
      this.print({ template, ...mail }, json, `Subject: ${subject}\n\n${text}\n${html}`);
      return;
    }
    await writeOutput(out, [html]);
    if (out !== '-')
      this.print(
        { template, subject, file: out },
        json,
        `Subject: ${subject}\n\n${text}\nHTML written to ${out}.`,
      );
  }

  @Option({ flags: '--locale <locale>', description: 'BCP 47 tag (default: DEFAULT_LOCALE)' })
  parseLocale(value: string): string {
    return localeNamed(value);
  }

  @Option({ flags: '--out <file>', description: 'write the HTML there, - for standard output' })
  parseOut(value: string): string {
    return value;
  }
}
