/** The command was called wrongly: exit 2, with a line that helps. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command could not do what it was asked to: exit 1, with a line that says why. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

/** The command was told to end before it was done: exit 1, with a line that says what was kept. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(signal: string) {
    super(
      `Interrupted by ${signal}: what was committed stays, the rest is rolled back. The command can be repeated.`,
    );
  }
}
