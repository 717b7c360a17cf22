import { Option, SubCommand } from 'nest-commander';

import { appConfig } from '../../platform/app/app.config.js';
import { brandingConfig } from '../../platform/branding/branding.config.js';
import { ReportingCommand } from '../../platform/cli/admin-command.js';
import { CommandFailed } from '../../platform/cli/command.errors.js';
import { dataKeyConfig } from '../../platform/data-key/data-key.config.js';
import { databaseConfig } from '../../platform/database/connection/database.config.js';
import { httpConfig } from '../../platform/http/server/http.config.js';
import { JobsModule } from '../../platform/jobs/jobs.module.js';
import { emailConfig } from '../../platform/mail/email.config.js';
import { EmailModule } from '../../platform/mail/mail.module.js';
import { eventsConfig } from '../../platform/events/events.config.js';
import { telemetryConfig } from '../../platform/observability/telemetry.config.js';
import { workersConfig } from '../../platform/workers/workers.config.js';
import { WorkersModule } from '../../platform/workers/workers.module.js';
import { FactorsModule } from './factors.module.js';
import { FactorsService } from './factors.service.js';

const NEEDS = {
  configs: [
    appConfig,
    brandingConfig,
    telemetryConfig,
    databaseConfig,
    eventsConfig,
    dataKeyConfig,
    workersConfig,
    httpConfig,
    emailConfig,
  ],
  imports: [WorkersModule, EmailModule, JobsModule.forRoot({ consume: false }), FactorsModule],
};

interface Options {
  email: string;
  json?: boolean;
}

@SubCommand({
  name: 'reset-factors',
  description: 'remove all second factors of a user who lost them',
})
export class UsersResetFactorsCommand extends ReportingCommand {
  async run(_args: string[], { email, json }: Options): Promise<void> {
    await this.context.run(NEEDS, async (app) => {
      const removed = await app.get(FactorsService).reset(email);
      if (removed === undefined) throw new CommandFailed('There is no user with this address.');
      this.print({ removed }, json, `${removed} factors removed.`);
    });
  }

  @Option({ flags: '--email <address>', description: 'address of the user', required: true })
  parseEmail(value: string): string {
    return value;
  }
}
