import { emailKey } from '../../platform/common/email-address.js';
import { EMAIL_KEY } from './fields/email-key.js';
import { statuses, type Status, type Tier, tiers } from './fields/user-fields.js';
import type { ListUsersQuery } from './user.schemas.js';

/** Users of one status and one tier: a range of the indexes that start with both. */
interface Segment {
  readonly status: Status;
  readonly tier: Tier;
}

type Filters = Pick<ListUsersQuery, 'email' | 'status' | 'tier'>;

/** Sorts before and after every id. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Sorts after every text with the prefix before it, in byte order. */
const LAST_CHARACTER = '\u{10FFFF}';

/**
 * A name in its search form, as in index `users_name_folded`: composed and in Unicode lower case,
 * independent of the database locale. Both forms of lower-case sigma become one. "C" because only
 * there a prefix is a range of bytes.
 */
const nameKey = (name: string) =>
  `translate(lower(normalize(${name}, NFC) COLLATE "und-x-icu"), 'ς', 'σ') COLLATE "C"`;

/** Nearly everybody is active and free. Only the others have indexes for searches by segment, with this predicate. */
const RARE = `(status <> 'active' OR tier <> 'free')`;
const isRare = ({ status, tier }: Segment) => status !== 'active' || tier !== 'free';

/**
 * The segments that a list by id reads; nothing where neither status nor tier is chosen, or where an
 * address finds its one user faster.
 */
export function listedSegments({ email, status, tier }: Filters): readonly Segment[] | undefined {
  if (email !== undefined || (status === undefined && tier === undefined)) return undefined;
  const chosenTiers = tiers.filter((word) => word === (tier ?? word));
  return statuses
    .filter((word) => word === (status ?? word))
    .flatMap((word) => chosenTiers.map((each) => ({ status: word, tier: each })));
}

/** The segments that a search reads; nothing where nearly everybody is among them. */
export function searchedSegments(filters: Filters): readonly Segment[] | undefined {
  const segments = listedSegments(filters);
  return segments?.every(isRare) === true ? segments : undefined;
}

/**
 * SQL: the newest of a segment before id `$1`, at most `$2`. It compares rows, and sorts by all
 * columns, because only index `users_segment` can serve that: the planner has no other choice,
 * whatever its statistics say. The limit alone ends the scan: PostgreSQL ends it by a comparison of rows only
 * where the first column differs, so that a segment's last page would read all others of its status.
 */
export function newestOf({ status, tier }: Segment): string {
  return `
    (SELECT * FROM (
       SELECT * FROM public.users
        WHERE deleted_at IS NULL AND (status, tier, id) < ('${status}', '${tier}', $1::uuid)
        ORDER BY status DESC, tier DESC, id DESC LIMIT $2) AS older
      WHERE status = '${status}' AND tier = '${tier}')`;
}

/** What a search looks through: an indexed key, and where its prefix begins. */
interface Search {
  readonly key: string;
  readonly from: string;
  /** Whether the user has been listed by the other search. */
  readonly repeat: string;
}

const address = { key: EMAIL_KEY, from: '$1::text COLLATE "C"' };
const name = { key: nameKey('name'), from: nameKey('$2::text') };

/** By address `$1`, folded, and by name `$2`. Who matches by both is a repeat in the later place. */
export const searches: readonly Search[] = [
  { ...address, repeat: `starts_with(${name.key}, ${name.from}) AND ${name.key} < ${address.key}` },
  { ...name, repeat: `starts_with(${address.key}, $1) AND ${address.key} <= ${name.key}` },
];

/**
 * SQL: the first users with a prefix after key `$3` and id `$4`, at most `$5`; of a segment, or all
 * that filters `$6` to `$8` leave. Those of a segment are found by its index alone, as in `newestOf`.
 */
export function rangeOf(search: Search, segment?: Segment): string {
  return segment ? rangeOfSegment(search, segment) : rangeOfAll(search);
}

function rangeOfAll({ key, from, repeat }: Search): string {
  return `
    (SELECT *, ${key} AS sort_key, ${repeat} AS repeat FROM public.users
      WHERE ${filtersAt(6)} AND (${key}, id) > (${startOf(from)}) AND ${key} < ${endOf(from)}
      ORDER BY ${key}, id LIMIT $5)`;
}

function rangeOfSegment({ key, from, repeat }: Search, { status, tier }: Segment): string {
  return `
    (SELECT *, ${repeat} AS repeat FROM (
       SELECT *, ${key} AS sort_key FROM public.users
        WHERE deleted_at IS NULL AND ${RARE}
          AND (status, tier, ${key}, id) > ('${status}', '${tier}', ${startOf(from)})
        ORDER BY status, tier, ${key}, id LIMIT $5) AS later
      WHERE status = '${status}' AND tier = '${tier}' AND sort_key < ${endOf(from)})`;
}

/** SQL: where a range begins. The page before may have ended in the other search, before this range. */
function startOf(from: string): string {
  const within = `$3::text COLLATE "C" >= ${from}`;
  return `CASE WHEN ${within} THEN $3 ELSE ${from} END, CASE WHEN ${within} THEN $4::uuid ELSE '${FIRST_ID}' END`;
}

/** SQL: where a range ends, exclusive. */
function endOf(from: string): string {
  return `(${from} || '${LAST_CHARACTER}') COLLATE "C"`;
}

/** SQL: users who are not deleted and have the filters' values, which are parameters from the given number on. */
export function filtersAt(first: number): string {
  return `deleted_at IS NULL
        AND ($${first}::text IS NULL OR ${EMAIL_KEY} = $${first})
        AND ($${first + 1}::text IS NULL OR status = $${first + 1})
        AND ($${first + 2}::text IS NULL OR tier = $${first + 2})`;
}

/** The parameters of `filtersAt`. */
export function filterValues({ email, status, tier }: Filters): (string | null)[] {
  return [email === undefined ? null : emailKey(email), status ?? null, tier ?? null];
}
