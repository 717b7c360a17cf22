const WIDTH = 24;
const INTERVAL_MS = 100;

/** A progress bar on standard error, for people at a terminal only. */
export class ProgressBar {
  private readonly started = performance.now();
  private drawnAt = -Infinity;
  private shown = false;

  /** @param total the value of 100 %; without it only the count and the rate are shown. */
  constructor(
    private readonly total: number | undefined,
    private readonly out: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
  ) {}

  /** @param done in the unit of the total. @param count lines or users, for people. */
  update(done: number, count: number): void {
    const now = performance.now();
    if (!this.out.isTTY || now - this.drawnAt < INTERVAL_MS) return;
    this.drawnAt = now;
    this.shown = true;
    const rate = Math.round((count * 1000) / Math.max(1, now - this.started));
    this.out.write(`\r${this.bar(done)}${count} (${rate}/s) `);
  }

  /** Clears the line for what follows. */
  end(): void {
    if (this.shown) this.out.write('\r\u001B[K');
    this.shown = false;
  }

  private bar(done: number): string {
    if (this.total === undefined || this.total === 0) return '';
    const share = Math.min(1, done / this.total);
    const filled = Math.round(share * WIDTH);
    const percent = String(Math.floor(share * 100)).padStart(3);
    return `[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${percent} %  `;
  }
}
