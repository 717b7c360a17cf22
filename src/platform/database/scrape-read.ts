import type { Database } from './database.js';

/** A scrape waits no longer than this for the database. */
const PATIENCE_MS = 500;

/**
 * Reads figures for a scrape; none while the database is down: a missing figure is better than an
 * old one.
 */
export async function readForScrape<Row>(database: Database, sql: string): Promise<Row[]> {
  const late = new Promise<Row[]>((resolve) => {
    setTimeout(() => resolve([]), PATIENCE_MS).unref();
  });
  const read = database.read((manager) => manager.query<Row[]>(sql)).catch(() => []);
  return Promise.race([read, late]);
}
