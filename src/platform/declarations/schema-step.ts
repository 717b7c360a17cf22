/** Runs a statement on one particular connection. @returns its rows. */
export type Execute = (sql: string, parameters?: unknown[]) => Promise<unknown[]>;

/**
 * A part of the schema that SQL files do not describe, such as a library's own tables. It runs
 * after them, under the same lock.
 */
export interface SchemaStep {
  /** Names of what `apply` would do now; empty when there is nothing to do. */
  pending(execute: Execute): Promise<string[]>;
  apply(execute: Execute): Promise<void>;
}
