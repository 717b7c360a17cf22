import { Command, Option } from 'nest-commander';
import type { ConfigType } from '@nestjs/config';

import { usersConfig } from '../users/users.config.js';
import { retained, Retention, type Retained } from './retention.js';
import { UsersAdminModule } from '../users/users.module.js';
import { WorkersModule } from '../../platform/workers/workers.module.js';
import { AdminCommand, wholeNumber } from '../../platform/cli/admin-command.js';
import { CommandContext } from '../../platform/cli/command-context.js';

interface Options {
  days?: number;
  dryRun?: boolean;
  json?: boolean;
}

@Command({
  name: 'cleanup',
  description: 'Erase deleted users and remove what has been kept long enough',
})
export class CleanupCommand extends AdminCommand {
  constructor(private readonly context: CommandContext) {
    super();
  }

  async run(_args: string[], options: Options): Promise<void> {
    const dryRun = options.dryRun === true;
    await this.context.run(
      {
        sections: ['app', 'telemetry', 'database', 'users', 'workers'],
        imports: [WorkersModule, UsersAdminModule],
      },
      async (app) => {
        const config = app.get<ConfigType<typeof usersConfig>>(usersConfig.KEY);
        const retention = app.get(Retention);
        const days = options.days ?? config.retentionDays;
        const limits = { audit_log: config.auditRetentionDays } as Partial<
          Record<Retained, number>
        >;
        const deleted = {} as Record<Retained, number>;
        const lines: string[] = [];
        for (const kind of retained) {
          const limit = limits[kind] ?? days;
          deleted[kind] = await (dryRun
            ? retention.count(kind, limit)
            : retention.remove(kind, limit));
          lines.push(
            `${kind.padEnd(17)} ${String(deleted[kind]).padEnd(7)} older than ${limit} days`,
          );
        }
        if (!dryRun) await retention.succeeded();
        const head = dryRun ? 'Would delete' : 'Deleted';
        this.print(
          { days, dry_run: dryRun, deleted },
          options.json,
          `${head}:\n${lines.join('\n')}`,
        );
      },
    );
  }

  @Option({
    flags: '--days <days>',
    description: 'age of all but audit rows from which on (default: RETENTION_DAYS)',
  })
  parseDays(value: string): number {
    return wholeNumber('--days', 0, 36_500)(value);
  }

  @Option({ flags: '--dry-run', description: 'only count' })
  parseDryRun(): boolean {
    return true;
  }

  @Option({ flags: '--json', description: 'print JSON' })
  parseJson(): boolean {
    return true;
  }
}
