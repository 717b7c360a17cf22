import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Mail, MailTransport } from '../messages/mail.js';
import type { MailRenderer } from '../templates/mail-renderer.js';

/** Mails as JSON files in a folder, one each, for development. A repeated delivery overwrites. */
export class OutboxMailTransport extends MailTransport {
  constructor(
    private readonly folder: string,
    private readonly renderer: MailRenderer,
  ) {
    super();
  }

  async send(mail: Mail): Promise<string> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const { to, template, variables, idempotencyKey } = mail;
    const { subject, html, text } = await this.renderer.render(mail);
    const content = {
      idempotency_key: idempotencyKey,
      to,
      template,
      variables,
      subject,
      html,
      text,
    };
    const file = join(this.folder, `${idempotencyKey}.json`);
    // Written atomically, so that readers never see a partial mail.
    await writeFile(`${file}.part`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
    await rename(`${file}.part`, file);
    return `written to ${file}`;
  }

  isUp(): Promise<boolean> {
    return Promise.resolve(true);
  }
}
