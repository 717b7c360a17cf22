import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

/** The pool of a data source, which TypeORM does not expose. */
export function poolOf(dataSource: DataSource): Pool {
  return (dataSource.driver as unknown as { master: Pool }).master;
}
