import type { CircuitBreakerPolicy } from 'cockatiel';

import { type Mail, MailTransport } from './mail.js';

/**
 * A transport behind a circuit breaker: while the mail service is down, jobs fail at once and
 * wait for their next attempt instead of holding connections until they time out.
 */
export class GuardedMailTransport extends MailTransport {
  constructor(
    private readonly inner: MailTransport,
    private readonly breaker: CircuitBreakerPolicy,
  ) {
    super();
  }

  async send(mail: Mail): Promise<void> {
    await this.breaker.execute(() => this.inner.send(mail));
  }

  /** Readiness asks the service itself: an open breaker is our view of the past. */
  isUp(signal: AbortSignal): Promise<boolean> {
    return this.inner.isUp(signal);
  }

  override close(): void {
    this.inner.close();
  }
}
