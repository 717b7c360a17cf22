/**
 * Every session setting that the code requires. A database or a role may have other settings
 * (`ALTER DATABASE … SET`, `ALTER ROLE … SET`), for other programs. Startup parameters of a client
 * take precedence, and cost no round trip. Settings that operators use on purpose are kept, such as
 * `default_transaction_read_only`, `role` and `synchronous_commit`.
 *
 * Every pooler supports these three, and keeps them per client even in transaction mode.
 * `client_encoding` is a fourth: the driver always sends UTF-8.
 */
const KNOWN_TO_POOLERS = {
  DateStyle: 'ISO, MDY',
  TimeZone: 'UTC',
  standard_conforming_strings: 'on',
};

/**
 * PgBouncer refuses these at connection start; behind it each transaction sets the ones it needs.
 * Single reads need none: their SQL names the schema of each table, and reads no floats.
 */
const SESSION = {
  IntervalStyle: 'postgres',
  array_nulls: 'on',
  bytea_output: 'hex',
  // A statement of a lost client ends a second later, and frees its locks.
  client_connection_check_interval: '1s',
  // The warning of a commit that no standby confirmed has to arrive, see docs/adr/0041.
  client_min_messages: 'notice',
  default_transaction_deferrable: 'off',
  default_transaction_isolation: 'read committed',
  extra_float_digits: '1',
  gin_fuzzy_search_limit: '0',
  idle_in_transaction_session_timeout: '0',
  idle_session_timeout: '0',
  lock_timeout: '0',
  row_security: 'on',
  search_path: 'public',
  // Time limits of the database or role are for other programs; our connections and transactions
  // set their own.
  statement_timeout: '0',
  transform_null_equals: 'off',
};

/**
 * A peer that disappears, such as a node without power, is detected after 25 s: then the locks of
 * its session are free, such as that of a migration. Seconds, and milliseconds for the last.
 */
const KEEPALIVES = {
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '5',
  tcp_keepalives_count: '3',
  tcp_user_timeout: '25000',
};

/** Startup parameters of a client, by name. @param pooled through a transaction pooler. */
export function startSettings(pooled: boolean): Readonly<Record<string, string>> {
  return pooled ? KNOWN_TO_POOLERS : { ...KNOWN_TO_POOLERS, ...SESSION, ...KEEPALIVES };
}

/**
 * The settings that a pooler refuses at connection start, as statements for the beginning of a
 * transaction, in one text for one round trip.
 * @param settings more of them, such as time limits.
 */
export function transactionSettings(settings: Readonly<Record<string, string>>): string {
  const { default_transaction_isolation: isolation, ...rest } = SESSION;
  const local = Object.entries({ ...rest, ...settings }).filter(
    ([name]) => !/^(default_|idle_session)/.test(name),
  );
  return [
    `SET TRANSACTION ISOLATION LEVEL ${isolation}`,
    ...local.map(([name, value]) => `SET LOCAL ${name} = '${value}'`),
  ].join('; ');
}
