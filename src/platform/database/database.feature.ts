import { defineFeature } from '../declarations/feature.js';
import { databaseConfig } from './connection/database.config.js';

export const database = defineFeature({
  name: 'database',
  config: [databaseConfig],
});
