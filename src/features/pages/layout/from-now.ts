/** Seconds in each unit, the longest first. */
const UNITS = [
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/**
 * A time to come in words, such as "in 3 minutes": in the longest unit of which there are at least two, rounded up.
 * @param language BCP 47.
 */
export function fromNow(seconds: number, language: string): string {
  const [unit, length] = UNITS.find(([, each]) => seconds >= 2 * each) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(language).format(Math.ceil(seconds / length), unit);
}
