import { resolve } from 'node:path';

import type { ConfigType } from '@nestjs/config';
import type { Logger } from 'pino';

import { schemaSteps } from '../schema-steps.js';
import type { databaseConfig } from '../../platform/database/connection/database.config.js';
import type { DatabaseAddress } from '../../platform/database/connection/database-address.js';
import { Migrator } from '../../platform/database/migrations/migrator.js';

/** The database of this process, and how to release it. */
export interface OpenDatabase {
  readonly address: DatabaseAddress;
  /** Where the data is, for people. */
  readonly location: string;
  /** Why the data is in another place, for the log of long-running processes. */
  readonly note?: string | undefined;
  release(): Promise<void>;
}

/**
 * Finds the configured database, or starts (or shares) the embedded one. Only the embedded one is
 * migrated here: others are migrated before the rollout.
 * @param dataDir folder of the embedded database.
 * @param migrate false for commands that run migrations themselves.
 */
export async function openDatabase(
  dataDir: string,
  { url, directUrl }: ConfigType<typeof databaseConfig>,
  logger: Logger,
  { migrate }: { migrate: boolean },
): Promise<OpenDatabase> {
  if (url !== undefined && directUrl !== undefined) {
    return {
      address: { url, directUrl },
      location: 'the database of DATABASE_URL',
      release: async () => undefined,
    };
  }
  const { acquireEmbeddedPostgres } =
    await import('../../platform/database/embedded/embedded-postgres.js');
  const embedded = await acquireEmbeddedPostgres({
    dataDir: resolve(dataDir),
    database: 'users',
  });
  const address = { url: embedded.url, directUrl: embedded.url };
  if (migrate) {
    const migrations = await new Migrator(address.directUrl, schemaSteps, logger).up();
    if (migrations.length > 0) {
      logger.info(
        { logger: 'database', migrations: migrations.join(', ') },
        'embedded database migrated',
      );
    }
  }
  const { dataDirectory: location, note } = embedded;
  return { address, location, note, release: () => embedded.release() };
}
