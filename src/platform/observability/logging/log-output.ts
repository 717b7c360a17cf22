import { destination, type DestinationStream } from 'pino';

/** One per process, except in tests. */
const outputs: LogOutput[] = [];
process.once('exit', flushOutputs);

/** Characters that are kept of an output that cannot be written to, such as a file on a full disk. */
const MAX_KEPT = 8 * 1024 * 1024;

/**
 * Writes the lines of one turn of the event loop with one system call, synchronously: a line of its
 * own costs more to write than to make. Nothing is held longer than the turn, nor past the exit of
 * the process. A failure of the output stays here: what could not be written is tried again
 * with the next lines, and lines are dropped where too much is kept.
 */
export class LogOutput implements DestinationStream {
  private readonly output: DestinationStream;
  private held = '';

  /** @param fd file descriptor, open for writing. */
  constructor(fd: number) {
    const output = destination({ fd, sync: true, maxLength: MAX_KEPT });
    // The log of this failure would be its next one.
    output.on('error', () => undefined);
    this.output = output;
    outputs.push(this);
  }

  write(line: string): void {
    if (this.held === '') setImmediate(() => this.flush());
    this.held += line;
  }

  /** Writes what is held, now. */
  flush(): void {
    if (this.held === '') return;
    const lines = this.held;
    this.held = '';
    this.output.write(lines);
  }
}

/** Writes what all outputs hold, now: the last act of a process. */
export function flushOutputs(): void {
  for (const output of outputs) output.flush();
}
