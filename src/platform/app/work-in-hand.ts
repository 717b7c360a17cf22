import { Injectable } from '@nestjs/common';

/** Active work of the process, so that it can log aborted work at its end. */
@Injectable()
export class WorkInHand {
  private readonly counts = new Map<string, number>();
  private readonly others: (() => string[])[] = [];

  /** @param what a kind of work from a small set: a route, a queue. */
  begin(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  end(what: string): void {
    const left = (this.counts.get(what) ?? 0) - 1;
    if (left > 0) this.counts.set(what, left);
    else this.counts.delete(what);
  }

  /** Adds other work that the process waits for at its end. */
  alsoNamedBy(list: () => string[]): void {
    this.others.push(list);
  }

  /** For people: `POST /users`, or `POST /users (3)` when there are several. */
  list(): string[] {
    const counted = [...this.counts].map(([what, n]) => (n === 1 ? what : `${what} (${n})`));
    return [...counted, ...this.others.flatMap((list) => list())];
  }
}
