import { Option, SubCommand } from 'nest-commander';

import { ReportingCommand } from '../../platform/cli/admin-command.js';
import { isStandardOutput, writeOutput } from '../../platform/cli/output-target.js';
import { ProgressBar } from '../../platform/cli/progress-bar.js';
import { appConfig } from '../../platform/app/app.config.js';
import { brandingConfig } from '../../platform/branding/branding.config.js';
import { databaseConfig } from '../../platform/database/connection/database.config.js';
import { eventsConfig } from '../../platform/events/events.config.js';
import { workersConfig } from '../../platform/workers/workers.config.js';
import { WorkersModule } from '../../platform/workers/workers.module.js';
import { usersConfig } from '../users/users.config.js';
import type { BulkFormat } from './format/bulk-format.js';
import { BulkModule } from './bulk.module.js';
import { formatOf, parseFormat } from './format/file-format.js';
import { UserExport } from './user-export.js';

interface Options {
  format?: BulkFormat;
  withHashes?: boolean;
  json?: boolean;
}

@SubCommand({
  name: 'export',
  description: 'write all users in the form that import reads',
  arguments: '<file>',
  argsDescription: { file: 'CSV or JSON lines, - for standard output' },
})
export class UsersExportCommand extends ReportingCommand {
  async run([file = '-']: string[], { json, withHashes = false, ...options }: Options) {
    const format = formatOf(file, options.format);
    const bar = new ProgressBar(undefined);
    let exported = 0;
    const needs = {
      configs: [
        appConfig,
        brandingConfig,
        databaseConfig,
        eventsConfig,
        workersConfig,
        usersConfig,
      ],
      imports: [WorkersModule, BulkModule],
    };
    await this.context
      .run(needs, async (app) => {
        const onProgress = (count: number) => {
          exported = count;
          bar.update(count, count);
        };
        const text = app.get(UserExport).run({ format, withHashes, onProgress });
        // Readable by the owner only.
        await writeOutput(file, text, 0o600);
      })
      .finally(() => bar.end());
    if (!(await isStandardOutput(file)))
      this.print({ file, format, exported }, json, `${exported} users exported.`);
  }

  @Option({ flags: '--format <format>', description: 'csv or jsonl (default: by extension)' })
  parseFormat(value: string): BulkFormat {
    return parseFormat(value);
  }

  @Option({ flags: '--with-hashes', description: 'include password hashes' })
  parseWithHashes(): boolean {
    return true;
  }
}
