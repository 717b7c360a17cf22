import type { Statement } from '../../database/statements/statement.js';

/** Partitions of `events`, one a day: longer than the longest retention, with days to spare for clocks. */
export const DAYS = 32;

/** Parts that the users are divided into: relays share by them. */
export const SHARES = 16;

/** SQL: the partition of a time. */
export const dayOf = (time: string): string =>
  `(extract(epoch FROM ${time})::bigint / 86400 % ${DAYS})::smallint`;

/** An event that is not stored yet. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly user_id: string;
  readonly traceparent: string | null;
  readonly data: object;
}

/**
 * The counter of a user is locked until the commit, so that sequences have no gaps and the order of commits. Users come
 * in the order of their ids, so that two statements do not deadlock. What follows the lock takes its time and place
 * after it. Nothing is stored while there is no destination.
 *
 * The planner sees neither the number of events nor that of destinations. Otherwise it would take a plan for the values at
 * hand to be cheaper, and plan the statement of every sign-up anew, for more than its execution takes.
 */
const WITH = `
  event_target AS (
    SELECT unnest((SELECT $2::text[])) AS destination UNION SELECT name FROM public.event_destinations),
  event_new AS (
    SELECT new.*
      FROM ROWS FROM (json_to_recordset($1::json) AS (id uuid, type text, user_id uuid, traceparent text, data jsonb))
             WITH ORDINALITY AS new (id, type, user_id, traceparent, data, place)
     CROSS JOIN set_config('lock_timeout', coalesce($3::text, current_setting('lock_timeout')), true)
     WHERE EXISTS (SELECT FROM event_target)),
  event_counted AS (
    INSERT INTO public.event_counters AS counter (user_id, last)
    SELECT user_id, count(*) FROM event_new GROUP BY user_id ORDER BY user_id
        ON CONFLICT (user_id) DO UPDATE SET last = counter.last + excluded.last
    RETURNING user_id, last, date_trunc('milliseconds', clock_timestamp()) AS at),
  event_stored AS (
    INSERT INTO public.events (day, at, id, type, user_id, sequence, traceparent, data)
    SELECT ${dayOf('counted.at')}, counted.at, new.id, new.type, new.user_id,
           counted.last + 1 - row_number() OVER (PARTITION BY new.user_id ORDER BY new.place DESC),
           new.traceparent, new.data
      FROM event_new AS new JOIN event_counted AS counted USING (user_id)
    RETURNING at, id, user_id, sequence)`;
const TEXT = `
  INSERT INTO public.event_queue (destination, share, event_at, event_id)
  SELECT target.destination, get_byte(uuid_send(stored.user_id), 15) % ${SHARES}, stored.at, stored.id
    FROM event_stored AS stored CROSS JOIN event_target AS target
   ORDER BY stored.sequence`;

/**
 * Stores events, and queues them for each destination.
 * @param destinations those of the configuration.
 * @param lockTimeoutMs see `WriteKind.store`: events of one user wait for each other.
 */
export function storing(
  events: readonly NewEvent[],
  destinations: readonly string[],
  lockTimeoutMs: number | undefined,
): Statement {
  const values = [JSON.stringify(events), destinations, lockTimeoutMs?.toString() ?? null];
  return { with: WITH, text: TEXT, values };
}
