import { metrics } from '@opentelemetry/api';
import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  type IBackoff,
} from 'cockatiel';

/** 0 closed, 1 half-open, 2 open: higher is worse. */
const stateValues: Record<CircuitState, number> = {
  [CircuitState.Closed]: 0,
  [CircuitState.HalfOpen]: 1,
  [CircuitState.Open]: 2,
  [CircuitState.Isolated]: 2,
};

/** The states in words. */
const stateNames = ['closed', 'half-open', 'open'] as const;
export type BreakerState = (typeof stateNames)[number];

/** The breakers of this process by name, as metrics have them. */
const breakers = new Map<string, { readonly state: CircuitState }>();

/** The state of each circuit breaker of this process, by the name of its dependency. */
export function breakerStates(): { readonly name: string; readonly state: BreakerState }[] {
  return [...breakers].map(([name, { state }]) => ({
    name,
    state: stateNames[stateValues[state]] ?? 'open',
  }));
}

/** Forgets all breakers: for tests, of which many run in one process. */
export function forgetBreakers(): void {
  breakers.clear();
}

export interface BreakerOptions {
  /** Name of the dependency: a metric label. */
  readonly name: string;
  /** Calls that must fail in a row before the breaker opens. */
  readonly failuresToOpen: number;
  /** Milliseconds until a trial call. */
  readonly trialAfterMs: number;
  /** Whether an error is a failure of the dependency; others do not count. */
  readonly isFailure: (error: unknown) => boolean;
  /** Called at every change of state. */
  readonly onChange: (state: BreakerState) => void;
  /** Called after each failure of the dependency, and after each answered call. */
  readonly outage: { failed(error: unknown): void; succeeded(): void };
}

/**
 * A circuit breaker: after too many failures in a row calls are refused with `BrokenCircuitError`
 * until a trial succeeds. Its state is the metric `circuit_breaker_state`.
 */
export function createBreaker({
  name,
  failuresToOpen,
  trialAfterMs,
  isFailure,
  onChange,
  outage,
}: BreakerOptions) {
  const breaker = circuitBreaker(handleWhen(isFailure), {
    halfOpenAfter: { next: () => pause(trialAfterMs) },
    breaker: new ConsecutiveBreaker(failuresToOpen),
  });
  breakers.set(name, breaker);
  breaker.onBreak(() => onChange('open'));
  breaker.onHalfOpen(() => onChange('half-open'));
  breaker.onReset(() => onChange('closed'));
  breaker.onSuccess(() => outage.succeeded());
  breaker.onFailure(({ handled, reason }) => {
    if (handled) outage.failed('error' in reason ? reason.error : undefined);
    else outage.succeeded();
  });
  metrics
    .getMeter('resilience')
    .createObservableGauge('circuit_breaker_state', {
      unit: '{state}',
      description: 'State of the circuit breaker: 0 closed, 1 half-open, 2 open.',
    })
    .addCallback((result) => result.observe(stateValues[breaker.state], { name }));
  return <Result>(call: () => Promise<Result>): Promise<Result> => breaker.execute(call);
}

/**
 * The pause of a breaker that opens now. Cockatiel measures a pause by the wall clock, which may
 * change; this one uses a monotonic clock.
 */
function pause(ms: number): IBackoff<unknown> {
  const over = performance.now() + ms;
  return {
    get duration() {
      return performance.now() < over ? Infinity : -Infinity;
    },
    next: () => pause(ms),
  };
}
