/**
 * Every setting of a session that the code relies on. A database or a role may have settings of its own
 * (`ALTER DATABASE … SET`, `ALTER ROLE … SET`), which suit other programs. What a client sends as it connects takes
 * precedence, and costs no round trip. Settings that operators use on purpose are left alone, such as
 * `default_transaction_read_only`, `role` and `synchronous_commit`.
 *
 * These three are known to every pooler, which keeps them per client also where it hands out server connections by
 * the transaction. `client_encoding` is a fourth: the driver always says UTF-8.
 */
const KNOWN_TO_POOLERS = {
  DateStyle: 'ISO, MDY',
  TimeZone: 'UTC',
  standard_conforming_strings: 'on',
};

/**
 * Refused by PgBouncer as a connection starts; behind it each transaction says those that matter to it. Single reads
 * need none: their SQL names the schema of each table, and reads no floats.
 */
const SESSION = {
  IntervalStyle: 'postgres',
  array_nulls: 'on',
  bytea_output: 'hex',
  // A statement whose client is gone ends a second later, and frees its locks.
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
  // Limits of the database or role are for others; connections and transactions of ours bring their own.
  statement_timeout: '0',
  transform_null_equals: 'off',
};

/**
 * A peer that is gone without a word, as a node that lost its power, is noticed after 25 s: what its session held,
 * such as the lock of a migration, is free then. Seconds, and milliseconds for the last.
 */
const KEEPALIVES = {
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '5',
  tcp_keepalives_count: '3',
  tcp_user_timeout: '25000',
};

/** What a client says as it connects, by name. @param pooled through a transaction pooler. */
export function startSettings(pooled: boolean): Readonly<Record<string, string>> {
  return pooled ? KNOWN_TO_POOLERS : { ...KNOWN_TO_POOLERS, ...SESSION, ...KEEPALIVES };
}

/**
 * What the start of a connection could not say, for one transaction: statements for its very beginning, in one
 * text and so in one round trip.
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
