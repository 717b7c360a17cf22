/** Signals that end a process. */
export type EndSignal = 'SIGTERM' | 'SIGINT';

const SIGNALS: readonly EndSignal[] = ['SIGTERM', 'SIGINT'];
/** Ctrl-C reaches the whole process group, and npm or a parent of ours may pass it on once more. */
const SAME_SIGNAL_MS = 100;

/**
 * Handles the signals from the first moment, before the program is loaded, and keeps the first one
 * until a handler is set. A second one ends the process at once, exit 1.
 */
export class EndSignals {
  private first: { readonly signal: EndSignal; readonly at: number } | undefined;
  private handler: ((signal: EndSignal) => void) | undefined;

  constructor() {
    for (const signal of SIGNALS) process.on(signal, () => this.receive(signal));
  }

  /**
   * Calls back with the first signal, at once if it has already arrived. Only the last handler is
   * called.
   */
  handle(handler: (signal: EndSignal) => void): void {
    this.handler = handler;
    if (this.first !== undefined) handler(this.first.signal);
  }

  private receive(signal: EndSignal): void {
    if (this.first === undefined) {
      this.first = { signal, at: performance.now() };
      this.handler?.(signal);
    } else if (performance.now() - this.first.at > SAME_SIGNAL_MS) {
      process.exit(1);
    }
  }
}
