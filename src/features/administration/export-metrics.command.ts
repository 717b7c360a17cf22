import { Command, Option } from 'nest-commander';

import { ReportingCommand, word } from '../../platform/cli/admin-command.js';
import { isStandardOutput, writeOutput } from '../../platform/cli/output-target.js';
import { appConfig } from '../../platform/app/app.config.js';
import { brandingConfig } from '../../platform/branding/branding.config.js';
import { databaseConfig } from '../../platform/database/connection/database.config.js';
import { JobAdmin } from '../../platform/jobs/queue/job-admin.js';
import { JobsModule } from '../../platform/jobs/jobs.module.js';
import { eventsConfig } from '../../platform/events/events.config.js';
import { telemetryConfig } from '../../platform/observability/telemetry.config.js';
import { workersConfig } from '../../platform/workers/workers.config.js';
import { WorkersModule } from '../../platform/workers/workers.module.js';
import { breachConfig } from '../credentials/breaches/breach.config.js';
import { usersConfig } from '../users/users.config.js';
import { AdministrationModule } from './administration.module.js';
import { toPrometheus } from './prometheus-text.js';
import { UserStatistics } from './user-statistics.js';

const formats = ['prometheus', 'json'] as const;

interface Options {
  format: (typeof formats)[number];
  json?: boolean;
}

@Command({
  name: 'export-metrics',
  description: 'Write business figures: users by status, tier, source and day, and jobs',
  arguments: '<file>',
  argsDescription: { file: 'file to write, - for standard output' },
})
export class ExportMetricsCommand extends ReportingCommand {
  async run([file = '-']: string[], { format, json }: Options): Promise<void> {
    await this.context.run(
      {
        configs: [
          appConfig,
          brandingConfig,
          telemetryConfig,
          databaseConfig,
          eventsConfig,
          usersConfig,
          workersConfig,
          breachConfig,
        ],
        imports: [WorkersModule, AdministrationModule, JobsModule.forRoot({ consume: false })],
      },
      async (app) => {
        const users = await app.get(UserStatistics).figures();
        const jobs = await app.get(JobAdmin).depths();
        const snapshot = { taken_at: new Date().toISOString(), users, jobs };
        const content =
          format === 'json' ? `${JSON.stringify(snapshot)}\n` : toPrometheus(snapshot);
        await writeOutput(file, [content]);
        if (!(await isStandardOutput(file)))
          this.print({ file, format }, json, `Metrics written to ${file}.`);
      },
    );
  }

  @Option({
    flags: '--format <format>',
    description: 'prometheus or json',
    defaultValue: 'prometheus',
  })
  parseFormat(value: string): Options['format'] {
    return word('--format', formats, value);
  }
}
