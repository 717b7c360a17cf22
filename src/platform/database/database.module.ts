import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Logger } from 'pino';

import { databaseConfig } from './connection/database.config.js';
import type { ConfigType } from '@nestjs/config';
import { dataSourceOptions } from './connection/data-source-options.js';
import { Database } from './database.js';
import { DATABASE_ADDRESS, type DatabaseAddress } from './connection/database-address.js';
import { DatabaseConnector } from './connection/database-connector.js';
import { DatabaseListener } from './connection/database-listener.js';
import { DatabaseOutage } from './connection/database-outage.js';
import { PoolMetrics } from './pool-metrics.js';
import type { SchemaStep } from '../declarations/schema-step.js';
import { Migrator } from './migrations/migrator.js';

/** TypeORM's data source on the configured or embedded database, connected in the background. */
@Global()
@Module({})
export class DatabaseModule {
  /** @param steps parts of the schema beyond the SQL files. */
  static forRoot(
    address: DatabaseAddress,
    logger: Logger,
    steps: readonly SchemaStep[],
  ): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [databaseConfig.KEY],
          useFactory: (config: ConfigType<typeof databaseConfig>) => ({
            ...dataSourceOptions(address, config, logger),
            autoLoadEntities: true,
            manualInitialization: true,
          }),
        }),
      ],
      providers: [
        { provide: DATABASE_ADDRESS, useValue: address },
        { provide: Migrator, useValue: new Migrator(address.directUrl, steps, logger) },
        Database,
        DatabaseConnector,
        DatabaseListener,
        DatabaseOutage,
        PoolMetrics,
      ],
      exports: [
        DATABASE_ADDRESS,
        Migrator,
        Database,
        DatabaseConnector,
        DatabaseListener,
        DatabaseOutage,
        PoolMetrics,
      ],
    };
  }
}
