/**
 * The value of a series in the text of `/metrics`.
 * @param series its name and labels, as they stand there.
 * @throws if it is absent: a sum with `NaN` would equal another one.
 */
export function valueOf(text: string, series: string): number {
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  if (line === undefined) throw new Error(`no ${series} in /metrics`);
  return Number(line.slice(series.length));
}
