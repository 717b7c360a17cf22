/** Where the process's database is. Decided before the application starts, because without a
 * `DATABASE_URL` the embedded server has to be started or found first. */
export interface DatabaseAddress {
  /** Pooled access for statements and transactions. */
  readonly url: string;
  /** Session-bound access for migrations, advisory locks and LISTEN. */
  readonly directUrl: string;
}

export const DATABASE_ADDRESS = Symbol('DATABASE_ADDRESS');
