import { createTransport, type Transporter } from 'nodemailer';
import { parseConnectionUrl } from 'nodemailer/lib/shared';

import type { Logo } from '../../branding/logo.js';
import { MailDeferred, MailRefused, MailServiceFailed } from '../messages/mail.errors.js';
import { type Mail, MailTransport } from '../messages/mail.js';
import type { MailRenderer } from '../templates/mail-renderer.js';
import { greets, type SmtpAddress } from './smtp-probe.js';

/** Pooled connections: a usual limit of providers, and enough for a few mails per second each. */
const CONNECTIONS = 4;
/** Content id of the picture in the HTML. */
const LOGO = 'logo';
/** SMTP commands whose refusal concerns a single mail. */
const ABOUT_THE_MAIL = new Set(['RCPT TO', 'DATA']);

/** Mail by SMTP, over a small pool of kept connections. */
export class SmtpMailTransport extends MailTransport {
  override readonly concurrency = CONNECTIONS;
  private readonly transporter: Transporter;
  private readonly server: SmtpAddress;

  /** @param url `smtps:` is TLS from the first byte, whatever the port; `smtp:` is STARTTLS where offered. */
  constructor(
    url: string,
    private readonly from: string,
    private readonly renderer: MailRenderer,
    private readonly logo: Logo | undefined,
    timeoutMs: number,
  ) {
    super();
    const { host = 'localhost', port, secure = false, tls, ...options } = parseConnectionUrl(url);
    this.server = { host, port: Number(port) || (secure ? 465 : 587), secure, tls };
    this.transporter = createTransport({
      ...options,
      ...this.server,
      pool: true,
      maxConnections: CONNECTIONS,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      // An aborted attempt closes its connection.
      socketCloseTimeout: 0,
    });
  }

  async send(mail: Mail, signal: AbortSignal): Promise<string> {
    const { subject, text, html } = await this.renderer.render(mail, `cid:${LOGO}`);
    try {
      const { response } = await this.transporter.sendMail({
        from: this.from,
        // An object is used unchanged, not parsed as a list.
        to: { name: '', address: mail.to },
        subject,
        text,
        html,
        ...(this.logo && html.includes(`cid:${LOGO}`) && { attachments: [attachment(this.logo)] }),
        // The same for every attempt, so that receivers can drop a second copy.
        messageId: `<${mail.idempotencyKey}@${this.from.replace(/^.*@/, '').replace(/>$/, '')}>`,
        headers: { 'Idempotency-Key': mail.idempotencyKey, 'Auto-Submitted': 'auto-generated' },
        signal,
      });
      return `the SMTP server answered ${response}`;
    } catch (error) {
      throw failureOf(error as SmtpError);
    }
  }

  isUp(signal: AbortSignal): Promise<boolean> {
    return greets(this.server, signal);
  }

  override close(): void {
    this.transporter.close();
  }
}

function attachment({ type, bytes }: Logo) {
  return {
    cid: LOGO,
    filename: `logo.${type.slice('image/'.length)}`,
    content: bytes,
    contentType: type,
    contentDisposition: 'inline' as const,
  };
}

interface SmtpError {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
}

/**
 * Servers repeat the address in their answer, so that only its code is kept. 503 means a wrong
 * order of commands, which is not a fault of the mail (RFC 5321 §4.2.3).
 */
function failureOf({ code, command = '', responseCode = 0 }: SmtpError): Error {
  const reason = responseCode || (code ?? 'unknown');
  if (ABOUT_THE_MAIL.has(command) && responseCode >= 400 && responseCode !== 503) {
    return responseCode >= 500
      ? new MailRefused(`the SMTP server refused the mail: ${reason}`)
      : new MailDeferred(`the SMTP server deferred the mail: ${reason}`);
  }
  // An address that is invalid in a command was never sent.
  if (code === 'EENVELOPE' && command === 'API') return new MailRefused('no address for SMTP');
  return new MailServiceFailed(`the SMTP server failed: ${reason}`);
}
