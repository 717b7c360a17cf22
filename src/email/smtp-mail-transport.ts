import { createConnection } from 'node:net';

import { createTransport, type Transporter } from 'nodemailer';

import { MailRejected } from './http-mail-transport.js';
import { type Mail, MailTransport } from './mail.js';
import type { MailRenderer } from './mail-renderer.js';

/** Mail by SMTP, over a small pool of kept connections. */
export class SmtpMailTransport extends MailTransport {
  private readonly transporter: Transporter;
  private readonly server: { readonly host: string; readonly port: number };

  constructor(
    url: string,
    private readonly from: string,
    private readonly renderer: MailRenderer,
    timeoutMs: number,
  ) {
    super();
    const { hostname, port, protocol } = new URL(url);
    this.server = {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (protocol === 'smtps:' ? 465 : 587),
    };
    this.transporter = createTransport({
      url,
      pool: true,
      maxConnections: 4,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
    });
  }

  async send(mail: Mail): Promise<void> {
    const { subject, text } = this.renderer.render(mail);
    try {
      await this.transporter.sendMail({
        from: this.from,
        to: mail.to,
        subject,
        text,
        // The same for every attempt, so that receivers can drop a second copy.
        messageId: `<${mail.idempotencyKey}@${this.from.replace(/^.*@/, '').replace(/>$/, '')}>`,
        headers: { 'Idempotency-Key': mail.idempotencyKey, 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      throw new MailRejected(`the SMTP server failed: ${smtpReason(error)}`);
    }
  }

  /** Up when the server greets. */
  async isUp(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = createConnection({ ...this.server, signal });
      const end = (up: boolean) => {
        socket.destroy();
        resolve(up);
      };
      // With implicit TLS the client speaks first: a connection has to do.
      if (this.server.port === 465) socket.once('connect', () => end(true));
      socket.once('data', (greeting) => end(greeting.toString().startsWith('220')));
      socket.once('error', () => end(false));
      socket.once('close', () => end(false));
    });
  }

  override close(): void {
    this.transporter.close();
  }
}

/** Servers repeat the address in their answer, so that only its code is kept. */
function smtpReason(error: unknown): string {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  return String(responseCode ?? code ?? 'unknown');
}
