import { currentRequest, type RequestContext } from '../common/request/request-context.js';

/** What can be taken away from requests. */
export const dependencies = ['database', 'redis', 'email', 'payment'] as const;
export type Dependency = (typeof dependencies)[number];

/** Every route but those that are never touched, and work in the background. */
export const EVERYWHERE = '*';

/** What goes wrong, where, how often and until when. */
export interface Fault {
  /** Method and template, such as `GET /users/:id`, or `*`. */
  readonly route: string;
  /** Added before the request is looked at. */
  readonly latencyMs?: number | undefined;
  /** Answered instead of the request's own answer. */
  readonly status?: 500 | 503 | undefined;
  /** Fails as if it were away. */
  readonly dependency?: Dependency | undefined;
  /** Share of requests it meets, above 0 to 1. */
  readonly probability: number;
  readonly until: Date;
}

/** The faults of this process, each with its end. */
export class FaultRegistry {
  private readonly active = new Map<Fault, NodeJS.Timeout>();
  private readonly routes = new Set<string>();
  /** Decided once per request, so that it meets a fault from its beginning to its end or never. */
  private readonly meetings = new WeakMap<RequestContext, readonly Fault[]>();

  constructor(private readonly random: () => number = Math.random) {}

  /** Makes a route known that may be touched. */
  addRoute(method: string, url: string): void {
    this.routes.add(`${method} ${url}`);
  }

  /** Whether a fault can be there: an existing route that may be touched, or all of them. */
  canTouch(route: string): boolean {
    return route === EVERYWHERE || this.routes.has(route);
  }

  list(): Fault[] {
    return [...this.active.keys()];
  }

  /** Ends all faults and begins these. @param ended called with each whose time is up. */
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

  /** @returns what was active. */
  clear(): Fault[] {
    const ended = this.list();
    for (const timer of this.active.values()) clearTimeout(timer);
    this.active.clear();
    return ended;
  }

  /** Decides which faults the current request meets, by method and template of its route. */
  meet(method: string, url: string): void {
    const route = `${method} ${url}`;
    const request = currentRequest();
    if (this.active.size === 0 || !request || !this.routes.has(route)) return;
    const met = this.list().filter(
      (fault) => (fault.route === route || fault.route === EVERYWHERE) && this.strikes(fault),
    );
    this.meetings.set(request, met);
  }

  /** The faults that the current request meets, of those that are still on; outside requests those of everywhere. */
  met(): readonly Fault[] {
    if (this.active.size === 0) return [];
    const request = currentRequest();
    return request
      ? (this.meetings.get(request) ?? []).filter((fault) => this.active.has(fault))
      : this.list().filter((fault) => fault.route === EVERYWHERE && this.strikes(fault));
  }

  /** Whether a dependency is lost to the current request, or to work in the background. */
  loses(dependency: Dependency): boolean {
    return this.met().some((fault) => fault.dependency === dependency);
  }

  private strikes({ probability }: Fault): boolean {
    return this.random() < probability;
  }
}
