import { section } from '../config/section.js';
import { defineFeature } from '../declarations/feature.js';
import { databaseArea, databaseConfig } from './connection/database.config.js';

export const database = defineFeature({
  name: 'database',
  config: [section(databaseArea, databaseConfig)],
});
