import { defineFeature } from '../declarations/feature.js';
import { eventsConfig } from './events.config.js';
import { EventsHttpModule } from './events.module.js';
import { eventCountersData, eventsData } from './events.personal-data.js';

/** `bootstrap` adds its relay: only the start decides whether a process does background work. */
export const events = defineFeature({
  name: 'events',
  about:
    'What other services learn: the outbox, its relay to destinations, and NATS JetStream as one of them.',
  modules: { api: [EventsHttpModule] },
  config: [eventsConfig],
  commands: () => [import('./stored-events.command.js')],
  personalData: [eventsData, eventCountersData],
});
