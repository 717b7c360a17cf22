import { PermanentJobError, PostponedJobError } from '../../jobs/queue/job.errors.js';

/** The service refused this mail for good: a dead letter at once. Messages hold no address. */
export class MailRefused extends PermanentJobError {
  override readonly name = 'MailRefused';
}

/** The service does not take this mail now; it is tried again. */
export class MailDeferred extends Error {
  override readonly name = 'MailDeferred';
}

/** The service takes no more from us until a time that it told. */
export class MailPostponed extends PostponedJobError {
  override readonly name = 'MailPostponed';
}

/** The service, or our way to it, is unwell: whichever mail it had been. */
export class MailServiceFailed extends Error {
  override readonly name = 'MailServiceFailed';
}

/** Whether the error of a delivery says nothing about the next mail, so that the breaker ignores it. */
export function concernsOneMail(error: unknown): boolean {
  return (
    error instanceof MailRefused || error instanceof MailDeferred || error instanceof MailPostponed
  );
}
