const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/** SQL of a time as ISO 8601 text in UTC, used unchanged in responses. */
export function isoTime(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', ${ISO})`;
}
