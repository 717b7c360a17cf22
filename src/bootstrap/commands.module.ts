import { type DynamicModule, Module } from '@nestjs/common';

import { CleanupCommand } from '../features/privacy/cleanup.command.js';
import { CommandContext } from '../platform/cli/command-context.js';
import { ConfigCommand } from '../platform/cli/config.command.js';
import { CreateSuperuserCommand } from '../features/administration/create-superuser.command.js';
import { ExportMetricsCommand } from '../features/administration/export-metrics.command.js';
import {
  JobsCommand,
  JobsListCommand,
  JobsPurgeCommand,
  JobsRetryCommand,
} from '../platform/jobs/jobs.command.js';
import { MigrateCommand } from '../platform/cli/migrate.command.js';
import { OpenApiCommand } from '../platform/cli/openapi.command.js';
import { UsersCommand } from '../features/bulk/users.command.js';
import { UsersExportCommand } from '../features/bulk/users-export.command.js';
import { UsersImportCommand } from '../features/bulk/users-import.command.js';

/** The commands. They open what they need of the application only when they run. */
@Module({})
export class CommandsModule {
  static forRoot(context: CommandContext): DynamicModule {
    return {
      module: CommandsModule,
      providers: [
        { provide: CommandContext, useValue: context },
        MigrateCommand,
        CreateSuperuserCommand,
        CleanupCommand,
        ExportMetricsCommand,
        ConfigCommand,
        JobsCommand,
        JobsListCommand,
        JobsRetryCommand,
        JobsPurgeCommand,
        OpenApiCommand,
        UsersCommand,
        UsersImportCommand,
        UsersExportCommand,
      ],
    };
  }
}
