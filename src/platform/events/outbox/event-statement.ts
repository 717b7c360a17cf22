import { columnsOf } from '../../database/transactions/write.js';
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
  /** As JSON. */
  readonly data: string;
}

const COLUMNS = ['id', 'type', 'user_id', 'traceparent', 'data'] as const;

/**
 * The counter of a user is locked until the commit, so that sequences have no gaps and the order of commits. Users come
 * in the order of their ids, so that two statements do not deadlock. What follows the lock takes its time and place
 * after it. Nothing is stored while there is no destination.
 */
const WITH = `
  event_target AS (
    SELECT unnest($6::text[]) AS destination UNION SELECT name FROM public.event_destinations),
  event_new AS (
    SELECT new.*
      FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::jsonb[])
             WITH ORDINALITY AS new (id, type, user_id, traceparent, data, place)
     CROSS JOIN set_config('lock_timeout', coalesce($7::text, current_setting('lock_timeout')), true)
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
  const columns = columnsOf(events, COLUMNS);
  return {
    with: WITH,
    text: TEXT,
    values: [...columns, destinations, lockTimeoutMs?.toString() ?? null],
  };
}
