/** The job can never succeed: it becomes a dead letter at once. */
export class PermanentJobError extends Error {
  override readonly name: string = 'PermanentJobError';
}

/** The job could not be tried now: it is put back without using a retry. */
export class PostponedJobError extends Error {
  override readonly name: string = 'PostponedJobError';

  /** @param delayMs milliseconds until it is due again. */
  constructor(
    message: string,
    readonly delayMs: number,
  ) {
    super(message);
  }
}
