import { Injectable } from '@nestjs/common';

import { Database } from '../../platform/database/database.js';

const COUNT = `
  SELECT (u.password_hash IS NOT NULL)::int
         + (SELECT count(*) FROM public.factors f
             WHERE f.user_id = u.id AND f.type = 'passkey' AND f.confirmed_at IS NOT NULL)::int
         + (SELECT count(*) FROM public.identities i WHERE i.user_id = u.id)::int AS count
    FROM public.users u WHERE u.id = $1`;

/** Whether a factor of this type signs in by itself. */
export function isWayIn(type: string): boolean {
  return type === 'passkey';
}

/** What users can sign in with. SQL by hand: factors and identities belong to features above. */
@Injectable()
export class WaysIn {
  constructor(private readonly database: Database) {}

  /**
   * How many a user has: the password, passkeys, identities. Call it in a transaction that has locked
   * the user, before one of them is removed.
   */
  async count(userId: string): Promise<number> {
    const [row] = await this.database.current.query<{ count: number }[]>(COUNT, [userId]);
    return row?.count ?? 0;
  }
}
