import { Injectable } from '@nestjs/common';

import { Database } from '../../../platform/database/database.js';
import { type Write, writeBy } from '../../../platform/database/transactions/write.js';

/** Where a sign-in comes from. */
export interface Origin {
  /** IPv4 address or IPv6 /64. */
  readonly source: string;
  /** The program, see `clientOf`. */
  readonly client: string;
}

/** More programs than a household has; the oldest are forgotten. */
const MAX_CLIENTS = 20;
const MAX_CLIENT_LENGTH = 512;

const UNSEEN = `
  SELECT NOT bool_or(source = $2 AND (clients = '{}' OR $3 = ANY(clients))) AS unseen
    FROM public.known_sources WHERE user_id = $1`;
/** One write per hour is enough to record a source. */
const REMEMBER = `
  INSERT INTO public.known_sources AS known (user_id, source, clients) VALUES ($1, $2, $3::text[])
  ON CONFLICT (user_id, source) DO UPDATE
     SET last_at = now(),
         clients = CASE WHEN excluded.clients <@ known.clients THEN known.clients
                        ELSE (known.clients || excluded.clients)
                             [greatest(1, cardinality(known.clients) + 2 - ${MAX_CLIENTS}):] END
   WHERE known.last_at < now() - interval '1 hour' OR NOT excluded.clients <@ known.clients`;
const FORGET = 'DELETE FROM public.known_sources WHERE user_id = $1';

/** The sources and programs that users have signed in from. */
@Injectable()
export class KnownSources {
  constructor(private readonly database: Database) {}

  /** Whether a user has signed in before, but never from there with that program. */
  async isNew(userId: string, { source, client }: Origin): Promise<boolean> {
    const [row] = await this.database.readPrepared<{ unseen: boolean | null }>(UNSEEN, [
      userId,
      source,
      client,
    ]);
    return row?.unseen === true;
  }

  /** Records a sign-in; without a client, any will be known there. */
  remember(userId: string, { source, client }: Pick<Origin, 'source'> & Partial<Origin>): Write {
    const clients = client === undefined ? [] : [client];
    return writeBy({ text: REMEMBER, values: [userId, source, clients] });
  }

  /** Forgets all of a user. */
  forget(userId: string): Write {
    return writeBy({ text: FORGET, values: [userId] });
  }
}

/** A program by its user agent, without versions: an update makes no new program of it. */
export function clientOf(userAgent = ''): string {
  return userAgent.replaceAll(/[\d._]+/g, '').slice(0, MAX_CLIENT_LENGTH);
}
