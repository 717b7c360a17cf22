import { metrics } from '@opentelemetry/api';
import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
} from 'cockatiel';

/** Calls that must fail in a row before the breaker opens. */
const THRESHOLD = 10;
/** Until a trial call is let through. */
const HALF_OPEN_AFTER_MS = 5000;

/** 0 closed, 1 half-open, 2 open: higher is worse. */
const stateValues: Record<CircuitState, number> = {
  [CircuitState.Closed]: 0,
  [CircuitState.HalfOpen]: 1,
  [CircuitState.Open]: 2,
  [CircuitState.Isolated]: 2,
};

export interface BreakerOptions {
  /** Name of the dependency: a metric label. */
  readonly name: string;
  /** Whether an error says that the dependency is unwell; others do not count. */
  readonly counts: (error: unknown) => boolean;
  /** Told of every change of state. */
  readonly onChange: (state: 'closed' | 'half-open' | 'open') => void;
}

/**
 * A circuit breaker for a dependency: after too many failures in a row, calls fail at once until
 * a trial succeeds. Its state is the metric `circuit_breaker_state`.
 */
export function createBreaker({ name, counts, onChange }: BreakerOptions): CircuitBreakerPolicy {
  const breaker = circuitBreaker(handleWhen(counts), {
    halfOpenAfter: HALF_OPEN_AFTER_MS,
    breaker: new ConsecutiveBreaker(THRESHOLD),
  });
  breaker.onBreak(() => onChange('open'));
  breaker.onHalfOpen(() => onChange('half-open'));
  breaker.onReset(() => onChange('closed'));
  metrics
    .getMeter('resilience')
    .createObservableGauge('circuit_breaker_state', {
      description: 'State of the circuit breaker: 0 closed, 1 half-open, 2 open.',
    })
    .addCallback((result) => result.observe(stateValues[breaker.state], { name }));
  return breaker;
}
