import { metrics } from '@opentelemetry/api';

import { Overloaded } from '../problems/problem.js';

export interface BulkheadOptions<Name extends string> {
  /** The dependencies that share it: metric labels. */
  readonly names: readonly Name[];
  /** Concurrent calls of all dependencies. */
  readonly slots: number;
  /** Reserved slots of each dependency; the others are shared. */
  readonly reserve: number;
  /** Calls of a dependency that may wait for a slot; one more is refused. */
  readonly queue: number;
}

interface Lane {
  active: number;
  queued: number;
}

interface Waiting {
  readonly lane: Lane;
  readonly start: () => void;
}

/**
 * A bulkhead: hanging dependencies occupy a limited number of calls, and do not affect the rest of
 * the process (M. Nygard, Release It!, 2nd ed., 2018, chapter 5). Each dependency has a reserve, so
 * that a hanging one does not block the others.
 */
export class Bulkhead<Name extends string> {
  private readonly lanes: ReadonlyMap<Name, Lane>;
  /** In the order they came, of all dependencies. */
  private readonly waiting: Waiting[] = [];

  constructor(private readonly options: BulkheadOptions<Name>) {
    this.lanes = new Map(options.names.map((name) => [name, { active: 0, queued: 0 }]));
    const most = options.slots - options.reserve * (options.names.length - 1);
    this.observe('bulkhead_active', 'Calls of a dependency under way.', ({ active }) => active);
    this.observe('bulkhead_queued', 'Calls that wait for a slot.', ({ queued }) => queued);
    this.observe('bulkhead_slots', 'Most calls of a dependency at once.', () => most);
  }

  /** Active calls of all dependencies. */
  get active(): number {
    return this.sum(({ active }) => active);
  }

  /** Calls that wait for a slot, of all dependencies. */
  get queued(): number {
    return this.waiting.length;
  }

  /** Runs a call of a dependency in its next free slot. @throws Overloaded */
  async execute<Result>(name: Name, call: () => Promise<Result>): Promise<Result> {
    const lane = this.lanes.get(name);
    if (lane === undefined) throw new Error(`${name} has no share of this bulkhead`);
    if (this.admits(lane)) lane.active += 1;
    else await this.turn(lane);
    try {
      return await call();
    } finally {
      lane.active -= 1;
      this.startWaiting();
    }
  }

  /** Whether a slot is free beside the reserves of the other dependencies. */
  private admits(lane: Lane): boolean {
    const { slots, reserve } = this.options;
    const kept = this.sum((each) => (each === lane ? 0 : Math.max(0, reserve - each.active)));
    return this.active + kept < slots;
  }

  private async turn(lane: Lane): Promise<void> {
    if (lane.queued >= this.options.queue) throw new Overloaded();
    lane.queued += 1;
    await new Promise<void>((start) => this.waiting.push({ lane, start }));
  }

  /** Gives free slots to the longest waiting eligible calls. */
  private startWaiting(): void {
    for (;;) {
      const index = this.waiting.findIndex(({ lane }) => this.admits(lane));
      const [next] = index < 0 ? [] : this.waiting.splice(index, 1);
      if (next === undefined) return;
      next.lane.queued -= 1;
      next.lane.active += 1;
      next.start();
    }
  }

  private sum(figure: (lane: Lane) => number): number {
    let total = 0;
    for (const lane of this.lanes.values()) total += figure(lane);
    return total;
  }

  private observe(gauge: string, description: string, figure: (lane: Lane) => number): void {
    metrics
      .getMeter('resilience')
      .createObservableGauge(gauge, { description, unit: '{call}' })
      .addCallback((result) => {
        for (const [name, lane] of this.lanes) result.observe(figure(lane), { name });
      });
  }
}
