import { tracedFetch } from '../observability/outbound-http.js';
import { answersHttp } from '../resilience/http-probe.js';
import { type Mail, MailTransport } from './mail.js';

/** The mail service refused a mail or did not answer; the message holds no address. */
export class MailRejected extends Error {
  override readonly name = 'MailRejected';

  /** @param permanent the fault is this mail's, not the service's. */
  constructor(
    message: string,
    readonly permanent = false,
  ) {
    super(message);
  }
}

/** Mail by `POST <base>/send`; any answer but 2xx is a failure. */
export class HttpMailTransport extends MailTransport {
  private readonly base: string;

  constructor(
    base: string,
    private readonly token: string | undefined,
  ) {
    super();
    this.base = base.replace(/\/+$/, '');
  }

  async send(
    { to, template, variables, idempotencyKey }: Mail,
    signal: AbortSignal | null = null,
  ): Promise<void> {
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey,
      ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
    };
    const response = await tracedFetch(`${this.base}/send`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ to, template, variables }),
      redirect: 'error',
      signal,
    });
    // Unread bodies keep the connection from being used again.
    await response.body?.cancel();
    if (response.ok) return;
    const permanent = response.status < 500 && response.status !== 429;
    throw new MailRejected(`the mail service answered ${response.status}`, permanent);
  }

  isUp(signal: AbortSignal): Promise<boolean> {
    return answersHttp(this.base, signal);
  }
}
