import type { z } from 'zod';

/** Injection token of the declared tables, an array of `PersonalData`. */
export const PERSONAL_DATA = Symbol('PERSONAL_DATA');

/** The reason for an omission, in a sentence. */
export interface Reason {
  readonly none: string;
}

/** A part of the export: an array of rows under a key. */
export interface ExportPart {
  readonly key: string;
  readonly schema: z.ZodArray<z.ZodObject>;
  /** Columns, other than `user_id`, that no field has the name of; each with the reason. */
  readonly without?: Readonly<Record<string, string>>;
  /** Selects the rows. `$1` is the user's id, or the result of `subject`. */
  readonly sql: string;
  readonly subject?: (user: { readonly id: string; readonly email: string }) => string | Buffer;
}

export interface RetentionRule {
  /** Under which name `cleanup` counts them. */
  readonly kind: string;
  /** Column by which rows are deleted, `ctid` unless given. */
  readonly key?: string;
  /** Condition for expired rows; `$1` is the number of days. */
  readonly over: string;
  /** Deleted without being counted: secondary records. */
  readonly uncounted?: true;
  /** A statement that runs before, in the same transaction. */
  readonly before?: string;
}

/** A table with personal data. Clean-up, export and erasure use these declarations. */
export interface PersonalData {
  /** With its schema: `public.sessions`. */
  readonly table: string;
  /** Position in exports and in the result of `cleanup`; tables without one come last. */
  readonly place?: number;
  readonly export: ExportPart | Reason;
  /**
   * Deletion of rows when `cleanup` erases their users: they are the users themselves, a foreign
   * key deletes them, or a statement does, with an array of ids as `$1`.
   */
  readonly erasure: 'user' | 'cascade' | { readonly sql: string } | Reason;
  readonly retention: RetentionRule | Reason;
  /** Selects the ids of users that clean-up must not erase yet, on account of rows of this table. */
  readonly keepsUsers?: string;
}

/** Jobs whose payload has no `user_id`, but the id of something that belongs to a user. */
export interface JobsOfUser {
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

/** The kinds of data with a retention, each once. */
export function retainedKinds(data: readonly PersonalData[]): string[] {
  return [
    ...new Set(data.flatMap(({ retention }) => ('none' in retention ? [] : [retention.kind]))),
  ];
}
