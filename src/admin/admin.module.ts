import { type DynamicModule, Module } from '@nestjs/common';

import { CleanupCommand } from './cleanup.command.js';
import { CommandContext } from './command-context.js';
import { ConfigCommand } from './config.command.js';
import { CreateSuperuserCommand } from './create-superuser.command.js';
import { ExportMetricsCommand } from './export-metrics.command.js';
import {
  JobsCommand,
  JobsListCommand,
  JobsPurgeCommand,
  JobsRetryCommand,
} from './jobs.command.js';
import { MigrateCommand } from './migrate.command.js';
import { OpenApiCommand } from './openapi.command.js';
import { UsersCommand } from './users.command.js';
import { UsersExportCommand } from './users-export.command.js';
import { UsersImportCommand } from './users-import.command.js';

/** The commands. They open what they need of the application only when they run. */
@Module({})
export class AdminModule {
  static forRoot(context: CommandContext): DynamicModule {
    return {
      module: AdminModule,
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
