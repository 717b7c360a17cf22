import { Command, Option } from 'nest-commander';
import type { ConfigType } from '@nestjs/config';

import { ReportingCommand, wholeNumber } from '../../platform/cli/admin-command.js';
import { appConfig } from '../../platform/app/app.config.js';
import { databaseConfig } from '../../platform/database/connection/database.config.js';
import { eventsConfig } from '../../platform/events/events.config.js';
import { telemetryConfig } from '../../platform/observability/telemetry.config.js';
import { workersConfig } from '../../platform/workers/workers.config.js';
import { WorkersModule } from '../../platform/workers/workers.module.js';
import { usersConfig } from '../users/users.config.js';
import { EventRetention } from '../../platform/events/outbox/event-retention.js';
import { PrivacyModule } from './privacy.module.js';
import { Retention } from './retention.js';

interface Options {
  days?: number;
  dryRun?: boolean;
  json?: boolean;
}

@Command({
  name: 'cleanup',
  description: 'Erase deleted users and delete data after its retention time',
})
export class CleanupCommand extends ReportingCommand {
  async run(_args: string[], options: Options): Promise<void> {
    const dryRun = options.dryRun === true;
    await this.context.run(
      {
        configs: [
          appConfig,
          telemetryConfig,
          databaseConfig,
          eventsConfig,
          usersConfig,
          workersConfig,
        ],
        imports: [WorkersModule, PrivacyModule],
      },
      async (app) => {
        const config = app.get<ConfigType<typeof usersConfig>>(usersConfig.KEY);
        const retention = app.get(Retention);
        const days = options.days ?? config.retentionDays;
        const limits: Record<string, number> = { audit_log: config.auditRetentionDays };
        const deleted: Record<string, number> = {};
        const lines: string[] = [];
        for (const kind of retention.kinds) {
          const limit = limits[kind] ?? days;
          const count = await (dryRun
            ? retention.count(kind, limit)
            : retention.remove(kind, limit));
          deleted[kind] = count;
          lines.push(`${kind.padEnd(17)} ${String(count).padEnd(7)} older than ${limit} days`);
        }
        if (!dryRun) await app.get(EventRetention).remove();
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
}
