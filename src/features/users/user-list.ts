import { Injectable } from '@nestjs/common';

import { encodeCursor, pageOf } from '../../platform/common/cursor.js';
import { emailKey } from '../../platform/common/email-address.js';
import { Database } from '../../platform/database/database.js';
import type { User } from './user.entity.js';
import { toUserResponse } from './user.mapper.js';
import {
  filtersAt,
  filterValues,
  LAST_ID,
  listedSegments,
  newestOf,
  rangeOf,
  searchedSegments,
  searches,
} from './user-ranges.js';
import type { ListUsersQuery, UserPage } from './user.schemas.js';

/** Rows that a search reads where a page had repeated users alone. */
const SKIPPED_AT_ONCE = 1000;
/** Well under 100 ms in all. */
const MOST_SKIPPED = 4;

const ORDER = 'ORDER BY sort_key COLLATE "C", id, repeat';

interface Match extends User {
  /** The matching text, folded: the sort key of a search. */
  readonly sort_key: string;
  /** Listed before, by the other one of address and name. */
  readonly repeat: boolean;
  /** Among the rows that were read, from 1. */
  readonly place: number;
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
    const segments = listedSegments(filters);
    const [beforeId] = cursor ?? [LAST_ID];
    const rows =
      segments === undefined
        ? await this.query<User>(
            `SELECT * FROM public.users WHERE ${filtersAt(3)} AND id < $1::uuid
              ORDER BY id DESC LIMIT $2`,
            [beforeId, limit + 1, ...filterValues(filters)],
          )
        : await this.query<User>(
            `SELECT * FROM (${segments.map(newestOf).join(' UNION ALL ')}) AS users
              ORDER BY id DESC LIMIT $2`,
            [beforeId, limit + 1],
          );
    return pageOf(rows, limit, toUserResponse, ({ id }) => [id]);
  }

  /**
   * Users whose address or name starts with the text, ordered by that address or name; by the first
   * of the two, where both do. Pages with repeated users can be shorter than requested. Those with
   * nobody else are skipped, but no more of them than one request has time for.
   */
  private async search(query: ListUsersQuery, prefix: string): Promise<UserPage> {
    const { limit } = query;
    let after = query.cursor?.length === 2 ? query.cursor : undefined;
    for (let skipped = 0; ; skipped += 1) {
      const size = skipped === 0 ? limit + 1 : SKIPPED_AT_ONCE;
      const rows = await this.matches(query, prefix, after, size);
      const found = rows.filter(({ repeat }) => !repeat);
      const page = found.slice(0, limit);
      const end = rows.at(-1);
      const last = found.length > limit ? page.at(-1) : end?.place === size ? end : undefined;
      after = last && [last.sort_key, last.id];
      if (page.length > 0 || after === undefined || skipped === MOST_SKIPPED)
        return { items: page.map(toUserResponse), next_cursor: after ? encodeCursor(after) : null };
    }
  }

  /**
   * Ranges of two indexes, or of two for each segment, each limited to the size before the merge. Repeats stay in the
   * database, but for one at the end, where the next rows begin: to send thousands of them takes longer than to read them.
   */
  private async matches(
    filters: ListUsersQuery,
    prefix: string,
    after: readonly [string, string] | undefined,
    size: number,
  ): Promise<Match[]> {
    const segments = searchedSegments(filters);
    const ranges = (segments ?? [undefined]).flatMap((segment) =>
      searches.map((search) => rangeOf(search, segment)),
    );
    return this.query<Match>(
      `SELECT * FROM (
         SELECT *, row_number() OVER (${ORDER})::int AS place
           FROM (${ranges.join(' UNION ALL ')}) AS ranges
          ${ORDER} LIMIT $5
       ) AS matches
        WHERE NOT repeat OR place = $5
        ORDER BY place`,
      [
        emailKey(prefix),
        prefix,
        after?.[0] ?? null,
        after?.[1] ?? null,
        size,
        ...(segments === undefined ? filterValues(filters) : []),
      ],
    );
  }

  private async query<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
    return this.database.read((manager) => manager.query<Row[]>(sql, parameters));
  }
}
