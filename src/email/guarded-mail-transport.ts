import type { DependencyPolicy } from '../resilience/dependency-policy.js';
import { type Mail, MailTransport } from './mail.js';

/**
 * A transport under the policy of mail: while the service is down, jobs fail at once and wait for
 * their next attempt instead of holding connections until they time out.
 */
export class GuardedMailTransport extends MailTransport {
  constructor(
    /** What delivers mails, below the policy. */
    readonly inner: MailTransport,
    private readonly policy: DependencyPolicy,
  ) {
    super();
  }

  async send(mail: Mail): Promise<void> {
    await this.policy((signal) => this.inner.send(mail, signal));
  }

  /** Readiness asks the service itself: an open breaker is our view of the past. */
  isUp(signal: AbortSignal): Promise<boolean> {
    return this.inner.isUp(signal);
  }

  override close(): void {
    this.inner.close();
  }
}
