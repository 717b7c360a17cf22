/** Runs a statement on one particular connection. @returns its rows. */
export type Execute = (sql: string, parameters?: unknown[]) => Promise<unknown[]>;

/**
 * A part of the schema that SQL files do not describe, such as a library's own tables. It runs
 * after them, under the same lock.
 */
export interface SchemaStep {
  /** Names of the pending steps of `apply`; may be empty. */
  pending(execute: Execute): Promise<string[]>;
  apply(execute: Execute): Promise<void>;
}
