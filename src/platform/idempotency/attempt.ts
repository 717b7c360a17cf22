/** One execution of a request that carries an `Idempotency-Key`. */
export interface Attempt {
  readonly scope: string;
  readonly key: string;
  /** Proves that this attempt still holds the key. */
  readonly holder: string;
}
