const ARGON2 =
  /^\$argon2(?:id|i|d)\$(?:v=(?:16|19)\$)?m=(?<memory>\d{1,7}),t=(?<passes>\d{1,3}),p=(?<lanes>\d{1,3})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{16,172}$/;
const BCRYPT = /^\$2[aby]\$(?<cost>\d{2})\$[./A-Za-z0-9]{53}$/;

/** Costs beyond which one log-in would occupy a thread for seconds: a file must not plant that. */
const MOST = { memoryKib: 1_048_576, passes: 16, lanes: 16, bcryptCost: 15 };

/**
 * What is wrong with a password hash, or nothing: argon2 (i, d, id) in PHC string format, or
 * bcrypt (2a, 2b, 2y) in modular crypt format.
 */
export function passwordHashFault(hash: string): string | undefined {
  const argon2 = ARGON2.exec(hash)?.groups;
  const bcrypt = BCRYPT.exec(hash)?.groups;
  if (!argon2 && !bcrypt) return 'must be an argon2 or bcrypt hash';
  const [memory, passes, lanes] = [argon2?.['memory'], argon2?.['passes'], argon2?.['lanes']].map(
    Number,
  );
  const fits = argon2
    ? between(memory, 8 * Number(lanes), MOST.memoryKib) &&
      between(passes, 1, MOST.passes) &&
      between(lanes, 1, MOST.lanes)
    : between(Number(bcrypt?.['cost']), 4, MOST.bcryptCost);
  return fits ? undefined : 'has parameters that are out of range';
}

function between(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && value >= least && value <= most;
}
