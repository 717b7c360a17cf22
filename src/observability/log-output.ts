import { destination, type DestinationStream } from 'pino';

/** One per process, but for tests. */
const outputs: LogOutput[] = [];
process.once('exit', () => outputs.forEach((output) => output.flush()));

/**
 * Writes the lines of one turn of the event loop with one system call, synchronously: a line of its
 * own costs more to write than to make. Nothing is held longer than the turn, nor past the exit of
 * the process.
 */
export class LogOutput implements DestinationStream {
  private readonly output: DestinationStream;
  private held = '';

  /** @param fd file descriptor, open for writing. */
  constructor(fd: number) {
    this.output = destination({ fd, sync: true });
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
