/**
 * The pause of a loop between two looks for work. News of work ends it. News that came since the last look began leaves
 * it out, since that look may have missed the work. One loop waits at a time.
 */
export class InterruptiblePause {
  private interrupted = false;
  private end: () => void = () => undefined;

  /** A look begins: it finds what earlier news told of. */
  reset(): void {
    this.interrupted = false;
  }

  /** There may be work. */
  interrupt(): void {
    this.interrupted = true;
    this.end();
  }

  /** Waits for news. */
  async untilNews(): Promise<void> {
    if (this.interrupted) return;
    await new Promise<void>((resolve) => (this.end = resolve));
  }

  /** Waits for news, at most for some milliseconds. */
  async upTo(ms: number): Promise<void> {
    const timer = setTimeout(() => this.end(), ms);
    await this.untilNews();
    clearTimeout(timer);
  }
}
