import { currentRequest, type RequestContext } from '../common/request/request-context.js';

/** Dependencies that a fault can cut off. */
export const dependencies = ['database', 'redis', 'email', 'payment'] as const;
export type Dependency = (typeof dependencies)[number];

/** All routes except the exempt ones, and background work. */
export const ALL_ROUTES = '*';

export interface Fault {
  /** Method and template, such as `GET /users/:id`, or `*`. */
  readonly route: string;
  /** Added before the request is looked at. */
  readonly latencyMs?: number | undefined;
  /** Replaces the answer of the request. */
  readonly status?: 500 | 503 | undefined;
  /** Fails as if it were down. */
  readonly dependency?: Dependency | undefined;
  /** Share of affected requests, above 0 to 1. */
  readonly probability: number;
  readonly until: Date;
}

/** The faults of this process, each with its end. */
export class FaultRegistry {
  private readonly active = new Map<Fault, NodeJS.Timeout>();
  private readonly routes = new Set<string>();
  /** Decided once per request, so that a fault affects the whole request or nothing of it. */
  private readonly meetings = new WeakMap<RequestContext, readonly Fault[]>();

  /** Registers a route that faults can affect. */
  addRoute(method: string, url: string): void {
    this.routes.add(`${method} ${url}`);
  }

  /** Whether a fault is valid: an existing route that faults can affect, or all of them. */
  canTouch(route: string): boolean {
    return route === ALL_ROUTES || this.routes.has(route);
  }

  list(): Fault[] {
    return [...this.active.keys()];
  }

  /** Ends all faults and begins these. @param ended called with each expired fault. */
  replace(faults: readonly Fault[], ended: (fault: Fault) => void): void {
    this.clear();
    for (const fault of faults) {
      const timer = setTimeout(() => {
        this.active.delete(fault);
        ended(fault);
      }, fault.until.getTime() - Date.now());
      timer.unref();
      this.active.set(fault, timer);
    }
  }

  /** @returns the previously active faults. */
  clear(): Fault[] {
    const ended = this.list();
    for (const timer of this.active.values()) clearTimeout(timer);
    this.active.clear();
    return ended;
  }

  /** Decides which faults affect the current request, by method and template of its route. */
  meet(method: string, url: string): void {
    const route = `${method} ${url}`;
    const request = currentRequest();
    if (this.active.size === 0 || !request || !this.routes.has(route)) return;
    const met = this.list().filter(
      (fault) => (fault.route === route || fault.route === ALL_ROUTES) && this.strikes(fault),
    );
    this.meetings.set(request, met);
  }

  /** The active faults of the current request; outside of requests those for `*`. */
  met(): readonly Fault[] {
    if (this.active.size === 0) return [];
    const request = currentRequest();
    return request
      ? (this.meetings.get(request) ?? []).filter((fault) => this.active.has(fault))
      : this.list().filter((fault) => fault.route === ALL_ROUTES && this.strikes(fault));
  }

  /** Whether a dependency is lost for the current request or background work. */
  loses(dependency: Dependency): boolean {
    return this.met().some((fault) => fault.dependency === dependency);
  }

  private strikes({ probability }: Fault): boolean {
    return Math.random() < probability;
  }
}
