import { defineFeature } from '../../platform/declarations/feature.js';
import { bulkTasks } from './bulk-tasks.js';
import { UsersExportCommand } from './users-export.command.js';
import { UsersImportCommand } from './users-import.command.js';
import { UsersCommand } from './users.command.js';

export const bulk = defineFeature({
  name: 'bulk',
  threadTasks: Object.values(bulkTasks),
  commands: [UsersCommand, UsersImportCommand, UsersExportCommand],
});
