import type { z } from 'zod';

/** What features declare of their tables, an array of `PersonalData`. */
export const PERSONAL_DATA = Symbol('PERSONAL_DATA');

/** The user that an export or an erasure is about. */
export interface DataSubject {
  readonly id: string;
  readonly email: string;
}

/** Why something is left out, in a sentence. */
export interface Reason {
  readonly none: string;
}

/** A part of the export: an array of rows under a key. */
export interface ExportPart {
  readonly key: string;
  readonly schema: z.ZodType;
  /** Selects the rows. `$1` is the user's id, or what `subject` makes. */
  readonly sql: string;
  readonly subject?: (user: DataSubject) => string | Buffer;
}

/** When rows have been kept long enough. */
export interface RetentionRule {
  /** Under which name `cleanup` counts them. */
  readonly kind: string;
  /** Column by which rows are deleted, `ctid` unless given. */
  readonly key?: string;
  /** Condition of rows whose time is over; `$1` is the number of days. */
  readonly over: string;
  /** They go along without being counted: what was remembered of a thing, not the thing. */
  readonly uncounted?: true;
  /** A statement that goes before, in the same transaction. */
  readonly before?: string;
}

/** A table that holds something on users. Clean-up, export and erasure walk these declarations. */
export interface PersonalData {
  /** With its schema: `public.sessions`. */
  readonly table: string;
  /** Where it stands in exports and in what `cleanup` says; tables without a place come last. */
  readonly place?: number;
  readonly export: ExportPart | Reason;
  /**
   * How rows go when `cleanup` erases their users: they are the users themselves, a foreign key
   * deletes them, or a statement does, whose `$1` is an array of ids.
   */
  readonly erasure: 'user' | 'cascade' | { readonly sql: string } | Reason;
  readonly retention: RetentionRule | Reason;
  /** Selects the ids of users that clean-up must not erase yet, on account of rows of this table. */
  readonly keepsUsers?: string;
}

/** Jobs whose payload has no `user_id`, but the id of something that belongs to a user. */
export interface JobsOfUser {
  /** Field of the payload. */
  readonly field: string;
  /** Selects what stands in it for the user `$1`, as text. */
  readonly ids: string;
}

/** SQL for `RetentionRule.over`: a column is older than the given days. */
export function olderThanDays(column: string): string {
  return `${column} < now() - make_interval(days => $1)`;
}

/** Declarations in the order of their places. */
export function inPlace(data: readonly PersonalData[]): PersonalData[] {
  const last = Number.MAX_SAFE_INTEGER;
  return data.toSorted((a, b) => (a.place ?? last) - (b.place ?? last));
}

/** The parts of the export. */
export function exportParts(data: readonly PersonalData[]): ExportPart[] {
  return data.flatMap((table) => ('none' in table.export ? [] : [table.export]));
}

/** The kinds of data that come to an end, each once. */
export function retainedKinds(data: readonly PersonalData[]): string[] {
  return [
    ...new Set(data.flatMap(({ retention }) => ('none' in retention ? [] : [retention.kind]))),
  ];
}
