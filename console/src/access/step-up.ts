/** The question for a second factor: whoever needs it asks, the dialog answers. */
class StepUp {
  private listener: (() => void) | undefined;
  private answer: ((proved: boolean) => void) | undefined;

  /** @returns whether a factor was proved. */
  ask(): Promise<boolean> {
    return new Promise((resolve) => {
      this.answer = resolve;
      this.listener?.();
    });
  }

  /** @param listener shows the dialog. @returns what ends that. */
  onAsked(listener: () => void): () => void {
    this.listener = listener;
    return () => {
      this.listener = undefined;
    };
  }

  settle(proved: boolean): void {
    this.answer?.(proved);
    this.answer = undefined;
  }
}

export const stepUp = new StepUp();
