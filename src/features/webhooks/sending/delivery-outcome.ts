import type { GuardedAnswer } from '../../../platform/outbound/guarded-http.js';
import { retryAfterMs } from '../../../platform/resilience/retry-after.js';
import type { DeliveryState } from '../deliveries/delivery.entity.js';
import { waitMs } from './retry-schedule.js';

/** Bytes of an answer that are stored. */
const MOST_STORED = 1024;
/** The receiver wants no more events (RFC 9110 §15.5.11). */
const GONE = 410;

/** An answer as it is stored. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
}

/** How an attempt ended. */
export interface Outcome {
  readonly state: DeliveryState;
  /** Whether the receiver took the event. */
  readonly taken: boolean;
  /** Whether the receiver wants no more events. */
  readonly pauses: boolean;
  /** Milliseconds until the next attempt, of a pending one. */
  readonly waitMs: number;
  readonly answer: StoredAnswer | null;
}

/** What is known before an attempt. */
export interface Before {
  /** Attempts so far. */
  readonly attempts: number;
  /** Milliseconds since the first attempt; 0 at the first. */
  readonly sinceFirstMs: number;
}

/** The outcome of an attempt that was answered. @param retryMs how long a delivery is retried. */
export function outcomeOf(answer: GuardedAnswer, before: Before, retryMs: number): Outcome {
  const stored = { status: answer.status, body: storable(answer.body) };
  const taken = answer.status >= 200 && answer.status < 300;
  if (taken) return { ...ended('delivered', stored), taken };
  if (answer.status === GONE) return { ...ended('pending', stored), pauses: true };
  return failed(before, retryMs, stored, retryAfterMs(answer.retryAfter));
}

/** The outcome of an attempt without a good answer. */
export function failed(
  { attempts, sinceFirstMs }: Before,
  retryMs: number,
  answer: StoredAnswer | null = null,
  askedMs?: number,
): Outcome {
  const wait = waitMs(attempts + 1, askedMs);
  const state = sinceFirstMs + wait > retryMs ? 'dead' : 'pending';
  return { ...ended(state, answer), waitMs: wait };
}

/** The outcome for an event that is not stored any more. */
export const EXPIRED: Outcome = { ...ended('dead', null), taken: true };

function ended(state: DeliveryState, answer: StoredAnswer | null): Outcome {
  return { state, taken: false, pauses: false, waitMs: 0, answer };
}

/** The beginning of an answer as text that PostgreSQL takes, cut between characters. */
function storable(body: Buffer): string {
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes, { stream: true });
  const clean = text(body.subarray(0, MOST_STORED)).replaceAll('\0', '\u{fffd}');
  return text(Buffer.from(clean).subarray(0, MOST_STORED));
}
