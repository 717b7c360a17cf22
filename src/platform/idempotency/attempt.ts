/** One execution of a request that carries an `Idempotency-Key`. */
export interface Attempt {
  readonly scope: string;
  readonly key: string;
  /** Proves that the key is still this attempt's own. */
  readonly holder: string;
}
