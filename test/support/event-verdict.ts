import type { CloudEvent } from './nats-server.js';

/** A row of `events`. */
export interface StoredEventFacts {
  readonly id: string;
  readonly user_id: string;
  readonly sequence: number;
  readonly version: number;
}

/** What is wrong with deliveries; empty lists when all is well. */
export interface EventVerdict {
  /** Stored and never delivered. */
  readonly lost: string[];
  /** Delivered and not stored: of a change that was rolled back. */
  readonly invented: string[];
  /** Delivered for the first time before an earlier one of the same user. */
  readonly outOfOrder: string[];
  /** Versions of users without an event. */
  readonly untold: string[];
}

/** Compares what was delivered, repetitions included, with what is stored. */
export function judgeEvents(
  delivered: readonly Pick<CloudEvent, 'id' | 'subject' | 'sequence'>[],
  stored: readonly StoredEventFacts[],
  users: readonly { readonly id: string; readonly version: number }[],
): EventVerdict {
  const ids = new Set(delivered.map(({ id }) => id));
  const known = new Set(stored.map(({ id }) => id));
  const told = new Set(stored.map(({ user_id: user, version }) => `${user} ${version}`));
  const last = new Map<string, number>();
  const firsts = delivered.filter(({ id }) => ids.delete(id));
  const seen = new Set(firsts.map(({ id }) => id));
  return {
    lost: stored.filter(({ id }) => !seen.has(id)).map(({ id }) => id),
    invented: firsts.filter(({ id }) => !known.has(id)).map(({ id }) => id),
    outOfOrder: firsts
      .filter(({ subject, sequence }) => {
        const follows = Number(sequence) === (last.get(subject) ?? 0) + 1;
        last.set(subject, Number(sequence));
        return !follows;
      })
      .map(({ id }) => id),
    untold: users.flatMap(({ id, version }) =>
      Array.from({ length: version }, (_, n) => `${id} ${n + 1}`).filter((each) => !told.has(each)),
    ),
  };
}
