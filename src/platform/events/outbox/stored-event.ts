import { dayOf } from './event-statement.js';

/** An event as it is stored and offered to destinations. */
export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly userId: string;
  /** From 1 per user, without gaps, in the order of commits. */
  readonly sequence: number;
  readonly time: Date;
  readonly traceparent: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Columns of `StoredEvent`, of `public.events AS event`. The driver reads `bigint` as text. */
export const EVENT_COLUMNS = `event.id, event.type, event.user_id AS "userId", event.sequence::int AS sequence,
  event.at AS time, event.traceparent, event.data`;

/**
 * SQL: the stored event with a time and an id, as `event`; its columns are null if it is older than the retention.
 * Events are looked up one by one: the limit keeps the planner from reading all that are stored.
 */
export const joinEvent = (time: string, id: string): string => `
    LEFT JOIN LATERAL (
      SELECT * FROM public.events AS stored
       WHERE stored.day = ${dayOf(time)} AND stored.at = ${time} AND stored.id = ${id}
       LIMIT 1) AS event ON true`;

/** `EVENT_COLUMNS` of `joinEvent`. */
export type JoinedEvent = Omit<StoredEvent, 'id'> & { readonly id: string | null };

/** The event of a row; undefined if it is not stored any more. */
export function eventOf(row: JoinedEvent): StoredEvent | undefined {
  const { id, type, userId, sequence, time, traceparent, data } = row;
  return id === null ? undefined : { id, type, userId, sequence, time, traceparent, data };
}

/** Digits of a sequence as text, so that texts are ordered as numbers. */
const SEQUENCE_DIGITS = 20;

/**
 * An event as clients get it: CloudEvents 1.0, structured JSON.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
 * @param source the public base of the service, without a slash at the end.
 */
export function cloudEvent(event: StoredEvent, source: string): string {
  const { id, type, userId, sequence, time, traceparent, data } = event;
  return JSON.stringify({
    specversion: '1.0',
    id,
    source,
    type,
    subject: userId,
    time: time.toISOString(),
    datacontenttype: 'application/json',
    dataschema: schemaAddress(source, type),
    sequence: String(sequence).padStart(SEQUENCE_DIGITS, '0'),
    ...(traceparent !== null && { traceparent }),
    data,
  });
}

/** Where the JSON Schema of the data of a type is served. */
export function schemaAddress(source: string, type: string): string {
  return `${source}/events/schemas/${type}.json`;
}
