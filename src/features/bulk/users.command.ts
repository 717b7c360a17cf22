import { Command } from 'nest-commander';

import { AdminCommand } from '../../platform/cli/admin-command.js';
import { UsageError } from '../../platform/cli/command.errors.js';
import { UsersResetFactorsCommand } from '../factors/users-reset-factors.command.js';
import { UsersExportCommand } from './users-export.command.js';
import { UsersImportCommand } from './users-import.command.js';

@Command({
  name: 'users',
  description: 'Import and export users, or remove the second factors of one',
  subCommands: [UsersImportCommand, UsersExportCommand, UsersResetFactorsCommand],
})
export class UsersCommand extends AdminCommand {
  run(): Promise<void> {
    throw new UsageError('users needs a subcommand: import, export or reset-factors');
  }
}
