import { Command, SubCommand } from 'nest-commander';

import { appConfig } from '../app/app.config.js';
import { AdminCommand, ReportingCommand } from '../cli/admin-command.js';
import { CommandFailed, UsageError } from '../cli/command.errors.js';
import { databaseConfig } from '../database/connection/database.config.js';
import { telemetryConfig } from '../observability/telemetry.config.js';
import { dataKeyConfig } from './data-key.config.js';
import { DataKeyModule } from './data-key.module.js';
import { type SecretRow, StoredSecrets } from './stored-secrets.js';

const NEEDS = {
  configs: [appConfig, telemetryConfig, databaseConfig, dataKeyConfig],
  imports: [DataKeyModule],
};

/** Unreadable rows that a message names; `--json` lists all. */
const NAMED = 20;

interface Options {
  json?: boolean;
}

@SubCommand({ name: 'status', description: 'count the secrets of each key' })
export class DataKeyStatusCommand extends ReportingCommand {
  async run(_args: string[], { json }: Options): Promise<void> {
    await this.context.run(NEEDS, async (app) => {
      const { secrets, unreadable } = await app.get(StoredSecrets).usage();
      const keys = secrets.map((count, index) => ({ position: index + 1, secrets: count }));
      const lines = keys.map((key) => `${String(key.position).padEnd(8)}  ${key.secrets}`);
      this.print({ keys, ...listed(unreadable) }, json, ['position  secrets', ...lines].join('\n'));
      refuse(unreadable);
    });
  }
}

@SubCommand({ name: 'rotate', description: 'encrypt all secrets with the first key' })
export class DataKeyRotateCommand extends ReportingCommand {
  async run(_args: string[], { json }: Options): Promise<void> {
    await this.context.run(NEEDS, async (app) => {
      const { rotated, unreadable } = await app.get(StoredSecrets).rotate();
      this.print(
        { rotated, ...listed(unreadable) },
        json,
        `${rotated} secrets encrypted with the first key.`,
      );
      refuse(unreadable);
    });
  }
}

@Command({
  name: 'data-key',
  description: 'Count the secrets of each data key, or encrypt all with the first one',
  subCommands: [DataKeyStatusCommand, DataKeyRotateCommand],
})
export class DataKeyCommand extends AdminCommand {
  run(): Promise<void> {
    throw new UsageError('data-key needs a subcommand: status or rotate');
  }
}

function listed(unreadable: readonly SecretRow[]) {
  return unreadable.length === 0 ? {} : { unreadable };
}

/** @throws CommandFailed where secrets are unreadable: a key is missing, or rows were changed by hand. */
function refuse(unreadable: readonly SecretRow[]): void {
  if (unreadable.length === 0) return;
  const rows = unreadable
    .slice(0, NAMED)
    .map(({ table, column, id }) => `  ${table}.${column} of row ${id}`);
  const more = unreadable.length > NAMED ? ['  …'] : [];
  throw new CommandFailed(
    [`No key of DATA_KEY opens ${unreadable.length} secrets:`, ...rows, ...more].join('\n'),
  );
}
