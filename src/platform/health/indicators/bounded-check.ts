import type { HealthCheckAttempt, HealthIndicatorService } from '@nestjs/terminus';

/**
 * Longest check, in milliseconds. With the caching below, a recovered dependency is reported within
 * 2 s: the failing check ends, its result expires, and the next check succeeds.
 */
const TIMEOUT_MS = 800;
/** How long a result is cached, so that many probes cost one check. */
const REUSE_MS = 1000;

/**
 * A check with its own time-out, whose result is cached.
 * @param check returns details; throws when down.
 */
export function boundedCheck<const Name extends string>(
  indicators: HealthIndicatorService,
  name: Name,
  check: (signal: AbortSignal) => Promise<Record<string, unknown>>,
): HealthCheckAttempt<Name> {
  return indicators
    .check(name)
    .attempt(({ signal }) => check(signal))
    .withTimeout(TIMEOUT_MS)
    .cacheFor(REUSE_MS);
}
