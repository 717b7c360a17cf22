import type { OnApplicationShutdown } from '@nestjs/common';

import type { DependencyPolicy } from '../../resilience/dependency-policy.js';
import type { Mail, MailTransport } from '../messages/mail.js';

/**
 * The transport with the policy of mail: while the service is down, jobs are refused at once
 * instead of holding connections until they time out.
 */
export class GuardedMailTransport implements OnApplicationShutdown {
  constructor(
    /** The transport below the policy. */
    readonly inner: MailTransport,
    private readonly policy: DependencyPolicy,
  ) {}

  /** @throws what the transport throws; CallTimedOut; a refusal of the policy, when the service was not called. */
  async send(mail: Mail): Promise<void> {
    await this.policy((signal) => this.inner.send(mail, signal));
  }

  /** Readiness checks the service itself, since an open breaker reflects the past. */
  isUp(signal: AbortSignal): Promise<boolean> {
    return this.inner.isUp(signal);
  }

  /** After the last job. */
  onApplicationShutdown(): void {
    this.inner.close();
  }
}
