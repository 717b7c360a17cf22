import { Command, Option, SubCommand } from 'nest-commander';

import { appConfig } from '../../platform/app/app.config.js';
import { AdminCommand, ReportingCommand, word } from '../../platform/cli/admin-command.js';
import { CommandFailed, UsageError } from '../../platform/cli/command.errors.js';
import { timeOption } from '../../platform/cli/time-option.js';
import { uuid } from '../../platform/common/primitives.js';
import { dataKeyConfig } from '../../platform/data-key/data-key.config.js';
import { databaseConfig } from '../../platform/database/connection/database.config.js';
import {
  EVENT_DEFINITIONS,
  type EventDefinition,
} from '../../platform/declarations/event-definition.js';
import { eventsConfig } from '../../platform/events/events.config.js';
import {
  EventsStatusCommand,
  EventsTailCommand,
} from '../../platform/events/stored-events.command.js';
import { JobsModule } from '../../platform/jobs/jobs.module.js';
import { telemetryConfig } from '../../platform/observability/telemetry.config.js';
import { Replays } from './deliveries/replays.js';
import { WebhookNotFound } from './management/webhook.errors.js';
import { webhooksConfig } from './webhooks.config.js';
import { WebhookRecordsModule } from './webhooks.module.js';

const NEEDS = {
  configs: [
    appConfig,
    telemetryConfig,
    databaseConfig,
    dataKeyConfig,
    eventsConfig,
    webhooksConfig,
  ],
  imports: [JobsModule.forRoot({ consume: false }), WebhookRecordsModule],
};

interface ReplayOptions {
  webhook: string;
  since: Date;
  types?: string[];
  json?: boolean;
}

@SubCommand({ name: 'replay', description: 'deliver stored events to a webhook once more' })
export class EventsReplayCommand extends ReportingCommand {
  async run(_args: string[], { webhook, since, types, json }: ReplayOptions): Promise<void> {
    await this.context.run(NEEDS, async (app) => {
      const known = app.get<EventDefinition[]>(EVENT_DEFINITIONS).map(({ type }) => type);
      for (const type of types ?? []) word('--types', known, type);
      try {
        await app.get(Replays).request(webhook, since, types);
      } catch (error) {
        if (!(error instanceof WebhookNotFound)) throw error;
        throw new CommandFailed('There is no webhook with this id.', { cause: error });
      }
      this.print(
        { webhook, since: since.toISOString(), types: types ?? null },
        json,
        'The events will be delivered again by a process that does background work.',
      );
    });
  }

  @Option({ flags: '--webhook <id>', description: 'id of the webhook', required: true })
  parseWebhook(value: string): string {
    const { success, data } = uuid.safeParse(value);
    if (!success) throw new UsageError('--webhook must be a UUID');
    return data;
  }

  @Option({
    flags: '--since <time>',
    description: 'events from this time (ISO 8601) on',
    required: true,
  })
  parseSince(value: string): Date {
    return timeOption('--since')(value);
  }

  @Option({ flags: '--types <types>', description: 'comma list; those of the webhook by default' })
  parseTypes(value: string): string[] {
    return value.split(',').map((type) => type.trim());
  }
}

@Command({
  name: 'events',
  description: 'Look after events for other services',
  subCommands: [EventsStatusCommand, EventsTailCommand, EventsReplayCommand],
})
export class EventsCommand extends AdminCommand {
  override async run(): Promise<void> {
    this.command.help();
    return Promise.resolve();
  }
}
