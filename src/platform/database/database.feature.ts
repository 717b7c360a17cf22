import { defineFeature } from '../declarations/feature.js';
import { databaseConfig } from './connection/database.config.js';

export const database = defineFeature({
  name: 'database',
  about: 'Connections, statements, transactions, migrations, and the embedded PostgreSQL.',
  config: [databaseConfig],
  logFields: {
    migrations: 'Names of migrations',
    holder:
      'Session that has the migration lock: process id at the server, application, address, since when',
    delay_ms: 'Milliseconds until the next attempt',
  },
});
