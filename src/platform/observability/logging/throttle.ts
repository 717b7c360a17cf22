/**
 * Makes a function that acts on its first call and then once per interval, for log lines about
 * repeated errors.
 * @param intervalMs shortest time between two acts, in milliseconds.
 * @param act gets the number of calls since it last acted, this one included.
 * @param now milliseconds of a monotonic clock.
 */
export function throttle<Arguments extends unknown[]>(
  intervalMs: number,
  act: (count: number, ...given: Arguments) => void,
  now: () => number = () => performance.now(),
): (...given: Arguments) => void {
  let last = -Infinity;
  let count = 0;
  return (...given) => {
    count += 1;
    if (now() - last < intervalMs) return;
    last = now();
    act(count, ...given);
    count = 0;
  };
}
