import { Client } from 'pg';

/** Runs a statement on a connection of its own. */
export async function execute<Row extends object>(
  url: string,
  sql: string,
  parameters?: unknown[],
): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  // A connection that breaks fails its query as well.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}
