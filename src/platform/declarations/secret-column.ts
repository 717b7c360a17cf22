/** What features declare of their encrypted columns, an array of `SecretColumn`. */
export const SECRET_COLUMNS = Symbol('SECRET_COLUMNS');

/**
 * A `bytea` column that `DataCipher` encrypts; null where a row has no secret. The primary key of its table is a UUID
 * named `id`. `data-key rotate` and `data-key status` walk these declarations.
 */
export interface SecretColumn {
  /** With its schema: `public.factors`. Part of what is authenticated: another name makes its rows unreadable. */
  readonly table: string;
  /** Part of what is authenticated, too. */
  readonly column: string;
}
