import { Injectable } from '@nestjs/common';

import { encodeCursor, pageOf } from '../../platform/common/cursor.js';
import { emailKey } from '../../platform/common/email-address.js';
import { Database } from '../../platform/database/database.js';
import type { User } from './user.entity.js';
import { toUserResponse } from './user.mapper.js';
import type { ListUsersQuery, UserPage } from './user.schemas.js';
import { EMAIL_KEY } from './fields/email-key.js';

/** Sorts after every text with the prefix before it, in byte order. */
const LAST_CHARACTER = '\u{10FFFF}';

const FILTERS = `deleted_at IS NULL
  AND ($1::text IS NULL OR ${EMAIL_KEY} = $1)
  AND ($2::text IS NULL OR status = $2)
  AND ($3::text IS NULL OR tier = $3)`;

/**
 * A name in its search form, as in index `users_name_folded`: composed and in Unicode lower case,
 * independent of the database locale. Both forms of lower-case sigma become one. "C" because only
 * there a prefix is a range of bytes.
 */
const nameKey = (name: string) =>
  `translate(lower(normalize(${name}, NFC) COLLATE "und-x-icu"), 'ς', 'σ') COLLATE "C"`;

/** The parameters of `FILTERS`. */
function filterValues({ email, status, tier }: Partial<ListUsersQuery>): (string | null)[] {
  return [email === undefined ? null : emailKey(email), status ?? null, tier ?? null];
}

interface Match extends User {
  /** The matching text, folded: the sort key of a search. */
  readonly sort_key: string;
  /** Matches by name, and by address as well. */
  readonly repeat: boolean;
}

/**
 * Pages of users by keyset: each page continues after the last key of the one before, so that all
 * pages cost the same, and rows inserted meanwhile are neither missed nor repeated.
 */
@Injectable()
export class UserList {
  constructor(private readonly database: Database) {}

  async page(query: ListUsersQuery): Promise<UserPage> {
    return query.q === undefined ? this.newest(query) : this.search(query, query.q);
  }

  /** Newest first; ids are UUIDv7, so that their order is the order of creation. */
  private async newest({ limit, cursor, ...filters }: ListUsersQuery): Promise<UserPage> {
    const rows = await this.query<User>(
      `SELECT * FROM public.users WHERE ${FILTERS} AND ($4::uuid IS NULL OR id < $4)
        ORDER BY id DESC LIMIT $5`,
      [...filterValues(filters), cursor?.[0] ?? null, limit + 1],
    );
    return pageOf(rows, limit, toUserResponse, ({ id }) => [id]);
  }

  /**
   * Users whose address or name starts with the text, ordered by that address or name. A user who
   * matches by both is listed by address. Pages without such duplicates can be shorter than
   * requested, and empty ones are skipped.
   */
  private async search(query: ListUsersQuery, prefix: string): Promise<UserPage> {
    let key = query.cursor?.length === 2 ? query.cursor : undefined;
    for (;;) {
      const rows = await this.matches(query, prefix, key);
      const page = rows.slice(0, query.limit);
      const last = page.at(-1);
      const items = page.filter((row) => !row.repeat);
      const more = rows.length > query.limit && last !== undefined;
      if (items.length > 0 || !more) {
        const nextCursor = more ? encodeCursor([last.sort_key, last.id]) : null;
        return { items: items.map(toUserResponse), next_cursor: nextCursor };
      }
      key = [last.sort_key, last.id];
    }
  }

  /** Two ranges of two indexes, each limited to a page before the merge. */
  private async matches(
    { limit, ...filters }: ListUsersQuery,
    prefix: string,
    [afterKey, afterId]: readonly [string, string] | readonly [null, null] = [null, null],
  ): Promise<Match[]> {
    const byKey = (key: string, from: string, repeat: string) => `
      (SELECT *, ${key} AS sort_key, ${repeat} AS repeat FROM public.users
        WHERE ${FILTERS}
          AND ${key} >= ${from} AND ${key} < (${from} || '${LAST_CHARACTER}') COLLATE "C"
          AND ($6::text IS NULL OR (${key}, id) > ($6 COLLATE "C", $7::uuid))
        ORDER BY ${key}, id LIMIT $8)`;
    const byEmail = byKey(EMAIL_KEY, '$4::text', 'false');
    const byName = byKey(nameKey('name'), nameKey('$5::text'), `starts_with(${EMAIL_KEY}, $4)`);
    return this.query<Match>(
      `SELECT * FROM (${byEmail} UNION ALL ${byName}) AS matches
        ORDER BY sort_key COLLATE "C", id LIMIT $8`,
      [...filterValues(filters), emailKey(prefix), prefix, afterKey, afterId, limit + 1],
    );
  }

  private async query<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
    return this.database.read((manager) => manager.query<Row[]>(sql, parameters));
  }
}
