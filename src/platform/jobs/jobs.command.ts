import { Command, Option, SubCommand } from 'nest-commander';

import { appConfig } from '../app/app.config.js';
import { telemetryConfig } from '../observability/telemetry.config.js';
import { databaseConfig } from '../database/connection/database.config.js';
import { uuid } from '../common/primitives.js';
import {
  endedStates,
  type EndedState,
  JobAdmin,
  type JobState,
  jobStates,
} from './queue/job-admin.js';
import { JobsModule } from './jobs.module.js';
import { AdminCommand, ReportingCommand, wholeNumber, word } from '../cli/admin-command.js';
import { CommandFailed, UsageError } from '../cli/command.errors.js';

const NEEDS = {
  configs: [appConfig, telemetryConfig, databaseConfig],
  imports: [JobsModule.forRoot({ consume: false })],
};

interface ListOptions {
  queue?: string;
  state?: JobState;
  limit: number;
  json?: boolean;
}

@SubCommand({ name: 'list', description: 'list jobs, newest first' })
export class JobsListCommand extends ReportingCommand {
  async run(_args: string[], { queue, state, limit, json }: ListOptions): Promise<void> {
    await this.context.run(NEEDS, async (app) => {
      const jobs = await app.get(JobAdmin).list({ queue, state }, limit);
      const lines = jobs.map((job) =>
        [
          job.id,
          job.queue,
          job.state.padEnd(9),
          `attempts ${job.attempts}`,
          `created ${job.created_at.toISOString()}`,
          job.completed_at === null
            ? `due ${job.due_at.toISOString()}`
            : `ended ${job.completed_at.toISOString()}`,
          job.error ?? '',
        ]
          .join('  ')
          .trimEnd(),
      );
      this.print(jobs, json, lines.join('\n') || 'No jobs.');
    });
  }

  @Option({ flags: '--queue <name>', description: 'only this queue' })
  parseQueue(value: string): string {
    return value;
  }

  @Option({ flags: '--state <state>', description: jobStates.join(', ') })
  parseState(value: string): JobState {
    return word('--state', jobStates, value);
  }

  @Option({ flags: '--limit <count>', description: 'how many at most', defaultValue: 100 })
  parseLimit(value: string): number {
    return wholeNumber('--limit', 1, 10_000)(value);
  }
}

interface RetryOptions {
  all?: boolean;
  queue?: string;
  json?: boolean;
}

@SubCommand({
  name: 'retry',
  arguments: '[id]',
  description: 'give failed jobs one more attempt',
  argsDescription: { id: 'job to try again' },
})
export class JobsRetryCommand extends ReportingCommand {
  async run([given]: string[], { all, queue, json }: RetryOptions): Promise<void> {
    if ((given === undefined) === (all !== true))
      throw new UsageError('give the id of a failed job, or --all');
    const { data: id, success } = uuid.optional().safeParse(given);
    if (!success) throw new UsageError('the id must be a UUID');
    await this.context.run(NEEDS, async (app) => {
      const retried = await app.get(JobAdmin).retry({ id, queue });
      if (id !== undefined && retried === 0)
        throw new CommandFailed('There is no failed job with this id.');
      this.print({ retried }, json, `${retried} jobs will be tried again.`);
    });
  }

  @Option({ flags: '--all', description: 'all failed jobs' })
  parseAll(): boolean {
    return true;
  }

  @Option({ flags: '--queue <name>', description: 'only this queue' })
  parseQueue(value: string): string {
    return value;
  }
}

interface PurgeOptions {
  state: EndedState;
  days: number;
  json?: boolean;
}

@SubCommand({ name: 'purge', description: 'delete ended jobs' })
export class JobsPurgeCommand extends ReportingCommand {
  async run(_args: string[], { state, days, json }: PurgeOptions): Promise<void> {
    await this.context.run(NEEDS, async (app) => {
      const purged = await app.get(JobAdmin).purge(state, days);
      this.print({ purged, state, days }, json, `${purged} ${state} jobs deleted.`);
    });
  }

  @Option({
    flags: '--state <state>',
    description: endedStates.join(', '),
    defaultValue: 'completed',
  })
  parseState(value: string): PurgeOptions['state'] {
    return word('--state', endedStates, value);
  }

  @Option({ flags: '--days <days>', description: 'ended longer ago than this', defaultValue: 7 })
  parseDays(value: string): number {
    return wholeNumber('--days', 0, 36_500)(value);
  }
}

@Command({
  name: 'jobs',
  description: 'Look at background jobs, try failed ones again, delete ended ones',
  subCommands: [JobsListCommand, JobsRetryCommand, JobsPurgeCommand],
})
export class JobsCommand extends AdminCommand {
  run(): Promise<void> {
    throw new UsageError('jobs needs a subcommand: list, retry or purge');
  }
}
