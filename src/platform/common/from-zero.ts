import type { Counter } from '@opentelemetry/api';

/**
 * Starts every series of a counter at zero. Prometheus sees no increase in a series that begins
 * with its first event, so an alert would miss that event.
 * @param labels the values of each label; every combination is a series. @returns the counter.
 */
export function fromZero(
  counter: Counter,
  labels: Readonly<Record<string, readonly string[]>>,
): Counter {
  const series = Object.entries(labels).reduce<Record<string, string>[]>(
    (begun, [name, values]) =>
      begun.flatMap((others) => values.map((value) => ({ ...others, [name]: value }))),
    [{}],
  );
  for (const attributes of series) counter.add(0, attributes);
  return counter;
}
