import { PermanentJobError, PostponedJobError } from '../../jobs/queue/job.errors.js';

/** The service refused this mail permanently: a dead letter at once. Messages hold no address. */
export class MailRefused extends PermanentJobError {
  override readonly name = 'MailRefused';
}

/** The service refused this mail temporarily; it is retried. */
export class MailDeferred extends Error {
  override readonly name = 'MailDeferred';
}

/** The service accepts no mail until a given time. */
export class MailPostponed extends PostponedJobError {
  override readonly name = 'MailPostponed';
}

/** The service or the connection failed, for any mail. */
export class MailServiceFailed extends Error {
  override readonly name = 'MailServiceFailed';
}

/** Whether a delivery error affects only this mail, so that the breaker ignores it. */
export function isMailFault(error: unknown): boolean {
  return (
    error instanceof MailRefused || error instanceof MailDeferred || error instanceof MailPostponed
  );
}
