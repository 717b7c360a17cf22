import type { Counter } from '@opentelemetry/api';

/**
 * Makes the series of a counter start at zero: Prometheus sees no rise in a series that begins with its first event,
 * which may be the one to be told of.
 * @param labels the values of each label, of which every combination is a series. @returns the counter.
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
