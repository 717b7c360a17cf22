import { randomBytes } from 'node:crypto';

/** OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, 2 passes, 1 lane. */
export const argon2Parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const ARGON2ID = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/;

/** Whether a stored hash is weaker than what is made today, and due for an upgrade. */
export function isWeak(hash: string): boolean {
  const [, memory = '0', time = '0'] = ARGON2ID.exec(hash) ?? [];
  return Number(memory) < argon2Parameters.memoryCost || Number(time) < argon2Parameters.timeCost;
}

/** A hash of today's parameters that no password is known for: verifying costs what a real one costs. */
export function unmatchableHash(): string {
  const { memoryCost, timeCost, parallelism } = argon2Parameters;
  const base64 = (bytes: number) => randomBytes(bytes).toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${base64(16)}$${base64(32)}`;
}
