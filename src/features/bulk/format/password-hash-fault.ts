import { readForeignHash } from '../../credentials/passwords/foreign-hashes/foreign-hashes.js';

const ARGON2 =
  /^\$argon2(?:id|i|d)\$(?:v=(?:16|19)\$)?m=(?<memory>0|[1-9]\d{0,6}),t=(?<passes>0|[1-9]\d{0,2}),p=(?<lanes>0|[1-9]\d{0,2})\$(?<salt>[A-Za-z0-9+/]{11,86})\$(?<digest>[A-Za-z0-9+/]{16,171})$/;
/**
 * 16 bytes of salt and 23 of digest, in bcrypt's own alphabet: the last character of each has
 * unused bits, and a hash that sets them never matches.
 */
const BCRYPT =
  /^\$2[aby]\$(?<cost>\d{2})\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26]$/;

/**
 * Maximum costs: above them one log-in occupies a thread for seconds, and a file must not cause
 * that. The time depends on the memory filled by all passes, so the limit is 1 GiB over all passes.
 */
const MOST = { filledKib: 1_048_576, passes: 16, lanes: 16, bcryptCost: 15 };

const OUT_OF_RANGE = 'has parameters that are out of range';

/**
 * What is wrong with a password hash, or nothing: argon2 (i, d, id) in PHC string format, bcrypt
 * (2a, 2b, 2y) in modular crypt format, or a hash of another system. A hash without a fault can
 * match some password.
 */
export function passwordHashFault(hash: string): string | undefined {
  const foreign = readForeignHash(hash);
  if (foreign !== undefined) return foreign.affordable ? undefined : OUT_OF_RANGE;
  const argon2 = ARGON2.exec(hash)?.groups;
  const bcrypt = BCRYPT.exec(hash)?.groups;
  if (argon2 ? !(isBase64(argon2['salt']) && isBase64(argon2['digest'])) : !bcrypt)
    return 'must be an argon2, bcrypt, scrypt, PBKDF2, phpass or crypt hash';
  const [memory, passes, lanes] = [argon2?.['memory'], argon2?.['passes'], argon2?.['lanes']].map(
    Number,
  );
  const fits = argon2
    ? between(memory, 8 * Number(lanes), MOST.filledKib / Number(passes)) &&
      between(passes, 1, MOST.passes) &&
      between(lanes, 1, MOST.lanes)
    : between(Number(bcrypt?.['cost']), 4, MOST.bcryptCost);
  return fits ? undefined : OUT_OF_RANGE;
}

/** Whether a text is canonical base64 without padding, not only decodable. */
function isBase64(text = ''): boolean {
  return Buffer.from(text, 'base64').toString('base64').replace(/=+$/, '') === text;
}

function between(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && value >= least && value <= most;
}
