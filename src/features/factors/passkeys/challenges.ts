import { randomBytes, randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import { Database } from '../../../platform/database/database.js';
import { InvalidToken } from '../../credentials/credential.errors.js';
import type { Challenge, ChallengePurpose } from './challenge.entity.js';

/** Lifetime in seconds. */
export const CHALLENGE_TTL = 300;
/** WebAuthn §13.4.3: at least 16. */
const CHALLENGE_BYTES = 32;

/** What the answer to a challenge is good for. */
export interface Bond {
  readonly purpose: ChallengePurpose;
  /** The account, where it is known before the answer. */
  readonly userId?: string;
  /** The session or login token that asks. */
  readonly boundTo?: string;
}

/** A challenge that waits for its answer. */
export interface OpenChallenge {
  readonly id: string;
  readonly challenge: Buffer<ArrayBuffer>;
}

const INSERT = `
  INSERT INTO public.passkey_challenges (id, purpose, user_id, bound_to, challenge, expires_at)
  VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => ${CHALLENGE_TTL}))`;
/** Of callers at the same moment, one: the others wait for its row lock and then find it gone. */
const USE = `
  DELETE FROM public.passkey_challenges
   WHERE id = $1 AND purpose = $2 AND user_id IS NOT DISTINCT FROM $3 AND bound_to IS NOT DISTINCT FROM $4
     AND expires_at > clock_timestamp()
  RETURNING challenge`;

/** Challenges of passkeys. Each is good for one answer, right or wrong. */
@Injectable()
export class Challenges {
  constructor(private readonly database: Database) {}

  async issue(bond: Bond): Promise<OpenChallenge> {
    const id = randomUUID();
    const challenge = randomBytes(CHALLENGE_BYTES);
    await this.database.write({ text: INSERT, values: [...valuesOf(id, bond), challenge] });
    return { id, challenge };
  }

  /** Uses it up. @throws InvalidToken for one that is unknown, used, expired or for something else. */
  async use(id: string, bond: Bond): Promise<Buffer> {
    const { rows } = await this.database.write<Pick<Challenge, 'challenge'>>({
      text: USE,
      values: valuesOf(id, bond),
    });
    const [row] = rows;
    if (row === undefined) throw new InvalidToken();
    return row.challenge;
  }
}

function valuesOf(id: string, { purpose, userId, boundTo }: Bond): unknown[] {
  return [id, purpose, userId ?? null, boundTo ?? null];
}
