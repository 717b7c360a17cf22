import { priorities, type Priority } from '../declarations/thread-task.js';

/** Delay of the due time after that of a login which arrived at the same time, in ms. */
const SLACK_MS: Readonly<Record<Priority, number>> = { login: 0, 'sign-up': 250, bulk: 2000 };

/** Share of the queue that a priority may fill; the rest is reserved for higher ones. */
const SHARE: Readonly<Record<Priority, number>> = { login: 1, 'sign-up': 0.75, bulk: 0.5 };

interface Entry<Item> {
  readonly item: Item;
  readonly due: number;
}

/**
 * A bounded queue with priorities. The earliest due task runs first, and lower priorities are due
 * later: they wait for higher ones, but never for tasks that arrived after their slack, so that
 * nothing starves (earliest deadline first, Liu and Layland 1973).
 */
export class TaskQueue<Item> {
  private readonly lines = new Map(priorities.map((name) => [name, [] as Entry<Item>[]] as const));

  /** @param limit most items. */
  constructor(private readonly limit: number) {}

  get size(): number {
    return priorities.reduce((sum, priority) => sum + this.sizeOf(priority), 0);
  }

  /** Items of a priority that wait. */
  sizeOf(priority: Priority): number {
    return this.line(priority).length;
  }

  /** @param now milliseconds of a monotonic clock. @returns false when it is full. */
  push(item: Item, priority: Priority, now: number): boolean {
    if (this.size >= Math.ceil(this.limit * SHARE[priority])) return false;
    this.line(priority).push({ item, due: now + SLACK_MS[priority] });
    return true;
  }

  /** Removes the earliest due item. */
  shift(): Item | undefined {
    let first: Entry<Item>[] | undefined;
    for (const line of this.lines.values()) {
      const due = line[0]?.due ?? Infinity;
      if (due < (first?.[0]?.due ?? Infinity)) first = line;
    }
    return first?.shift()?.item;
  }

  /** Removes an item. @returns whether it was in the queue. */
  remove(item: Item): boolean {
    for (const line of this.lines.values()) {
      const index = line.findIndex((entry) => entry.item === item);
      if (index >= 0) return line.splice(index, 1).length > 0;
    }
    return false;
  }

  private line(priority: Priority): Entry<Item>[] {
    return this.lines.get(priority) as Entry<Item>[];
  }
}
