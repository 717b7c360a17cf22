import { defineFeature } from '../declarations/feature.js';
import { ConfigCommand } from './config.command.js';
import { MigrateCommand } from './migrate.command.js';
import { OpenApiCommand } from './openapi.command.js';

export const cli = defineFeature({
  name: 'cli',
  about: 'What all commands share; `config`, `migrate` and `openapi`.',
  commands: [MigrateCommand, ConfigCommand, OpenApiCommand],
});
