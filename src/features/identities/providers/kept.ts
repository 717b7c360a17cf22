/** A value that is made when it is needed and kept for a while; a failure is not kept. */
export class Kept<Value> {
  private made: { readonly value: Promise<Value>; readonly until: number } | undefined;

  /** @param lifetimeMs how long it is kept. */
  constructor(private readonly lifetimeMs: number) {}

  /** The kept value, or that of `make`, which callers of the same moment share. */
  get(make: () => Promise<Value>): Promise<Value> {
    if (this.made !== undefined && performance.now() < this.made.until) return this.made.value;
    const value = make();
    const made = { value, until: performance.now() + this.lifetimeMs };
    this.made = made;
    value.catch(() => {
      if (this.made === made) this.made = undefined;
    });
    return value;
  }
}
