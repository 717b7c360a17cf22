/** Numbers that look random and are the same for the same seed. */
export interface SeededRandom {
  /** From `from` up to, but not including, `to`. */
  between(from: number, to: number): number;
  /** True so often. @param share 0 to 1. */
  chance(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  shuffle<Item>(items: readonly Item[]): Item[];
  /** A separate stream, so that the order of draws does not affect other streams. */
  fork(): SeededRandom;
}

/** The seed that `DRILL_SEED` names, to replay a drill, or a new one. */
export function drillSeed(): number {
  return Number(process.env['DRILL_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, enough for drills. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const random: SeededRandom = {
    between: (from, to) => from + next() * (to - from),
    chance: (share) => next() < share,
    pick: (items) => items[Math.floor(next() * items.length)] as (typeof items)[number],
    shuffle: (items) => {
      const left = [...items];
      return items.map(
        () => left.splice(Math.floor(next() * left.length), 1)[0] as (typeof items)[number],
      );
    },
    fork: () => seededRandom(Math.floor(next() * 2 ** 32)),
  };
  return random;
}
