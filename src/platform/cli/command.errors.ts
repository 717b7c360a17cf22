/** Wrong usage: exit 2, with a helpful line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command failed: exit 1, with a line about the reason. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

/** The command was interrupted: exit 1, with a line about the kept results. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(signal: string) {
    super(
      `Interrupted by ${signal}: what was committed stays, the rest is rolled back. The command can be repeated.`,
    );
  }
}
