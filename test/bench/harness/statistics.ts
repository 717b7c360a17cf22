/** The middle value; the upper one of two. */
export function median(figures: readonly number[]): number {
  return quantile(figures, 0.5);
}

/** The value that a share of all others is below, by nearest rank. */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Each figure against the other one of its round: what slows a round down slows both. */
export function ratios(figures: readonly number[], others: readonly number[]): number[] {
  return figures.map((figure, round) => figure / (others[round] ?? Number.NaN));
}

/** Median and range as text. */
export function spread(
  figures: readonly number[],
  digits: number,
): { middle: string; range: string } {
  const text = (value: number) => value.toFixed(digits);
  const range =
    figures.length > 1 ? `${text(Math.min(...figures))}-${text(Math.max(...figures))}` : '';
  return { middle: text(median(figures)), range };
}
