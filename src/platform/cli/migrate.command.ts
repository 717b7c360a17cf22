import { Command, Option } from 'nest-commander';

import { appConfig } from '../app/app.config.js';
import { databaseConfig } from '../database/connection/database.config.js';
import { Migrator } from '../database/migrations/migrator.js';
import { ReportingCommand } from './admin-command.js';
import { UsageError } from './command.errors.js';

interface Options {
  status?: boolean;
  down?: boolean;
  json?: boolean;
}

@Command({ name: 'migrate', description: 'Bring the database schema up to date' })
export class MigrateCommand extends ReportingCommand {
  async run(_args: string[], options: Options): Promise<void> {
    if (options.status === true && options.down === true) {
      throw new UsageError('--status and --down exclude each other');
    }
    await this.context.run(
      { configs: [appConfig, databaseConfig], migrateEmbedded: false },
      async (app) => {
        const migrator = app.get(Migrator);
        if (options.status === true) await this.status(migrator, options);
        else if (options.down === true) await this.down(migrator, options);
        else await this.up(migrator, options);
      },
    );
  }

  private async status(migrator: Migrator, { json }: Options): Promise<void> {
    const status = await migrator.status();
    const lines = [
      ...status.applied.map((name) => `applied  ${name}`),
      ...status.pending.map((name) => `pending  ${name}`),
    ];
    this.print(status, json, lines.join('\n') || 'There are no migrations.');
  }

  private async down(migrator: Migrator, { json }: Options): Promise<void> {
    const reverted = await migrator.down();
    this.print(
      { reverted: reverted ?? null },
      json,
      reverted === undefined ? 'Nothing to revert.' : `Reverted ${reverted}.`,
    );
  }

  private async up(migrator: Migrator, { json }: Options): Promise<void> {
    const applied = await migrator.up();
    this.print(
      { applied },
      json,
      applied.length === 0 ? 'The schema is up to date.' : `Applied ${applied.join(', ')}.`,
    );
  }

  @Option({
    flags: '--status',
    description: 'list applied and pending migrations and change nothing',
  })
  parseStatus(): boolean {
    return true;
  }

  @Option({ flags: '--down', description: 'revert the newest migration' })
  parseDown(): boolean {
    return true;
  }
}
