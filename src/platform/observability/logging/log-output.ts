import { destination, type DestinationStream } from 'pino';

/** One per process, except in tests. */
const outputs: LogOutput[] = [];
process.once('exit', endOutputs);

/** Maximum of buffered characters while an output cannot be written, such as on a full disk. */
const MAX_KEPT = 8 * 1024 * 1024;

/**
 * Writes the lines of one turn of the event loop with one system call, synchronously: a separate
 * write per line costs more than the line itself. Nothing is buffered beyond the turn or the exit
 * of the process. A failed write is not reported: the lines are retried with the next ones, and
 * dropped above the limit.
 */
export class LogOutput implements DestinationStream {
  private readonly output: DestinationStream;
  private held = '';

  /** @param fd file descriptor, open for writing. */
  constructor(fd: number) {
    const output = destination({ fd, sync: true, maxLength: MAX_KEPT });
    // Logging this failure would fail again.
    output.on('error', () => undefined);
    this.output = output;
    outputs.push(this);
  }

  write(line: string): void {
    if (this.held === '') setImmediate(() => this.flush());
    this.held += line;
  }

  /** Writes the buffer now. */
  flush(): void {
    if (this.held === '') return;
    const lines = this.held;
    this.held = '';
    this.output.write(lines);
  }
}

/** Writes the buffers of all outputs, which drop what comes later: the last step of a process. */
export function endOutputs(): void {
  for (const output of outputs.splice(0)) {
    output.flush();
    output.write = () => undefined;
  }
}
