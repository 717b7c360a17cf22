import { defineFeature } from '../declarations/feature.js';
import { ConfigCommand } from './config.command.js';
import { MigrateCommand } from './migrate.command.js';
import { OpenApiCommand } from './openapi.command.js';

export const cli = defineFeature({
  name: 'cli',
  commands: [MigrateCommand, ConfigCommand, OpenApiCommand],
});
