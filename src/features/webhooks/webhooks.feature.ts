import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { replayJob } from './deliveries/replays.js';
import { webhookSecretColumn } from './management/webhooks.repository.js';
import { webhooksConfig } from './webhooks.config.js';
import { WebhooksHttpModule, WebhooksModule } from './webhooks.module.js';
import { webhooksData } from './webhooks.personal-data.js';

const actions = {
  'admin:webhooks': ['superuser', 'service'],
} as const satisfies Record<string, readonly Grantee[]>;

const auditActions = [
  'webhook.created',
  'webhook.updated',
  'webhook.secret-rotated',
  'webhook.paused',
  'webhook.deleted',
  'webhook.delivery-retried',
  'webhook.replay-requested',
] as const;

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

declare module '../../platform/declarations/audit-actions.js' {
  interface AuditActions extends Record<(typeof auditActions)[number], true> {}
}

export const webhooks = defineFeature({
  name: 'webhooks',
  about:
    'Receivers of events over HTTP: their administration, signed deliveries with retries, and replays.',
  actions,
  auditActions,
  logFields: {
    webhook_id: 'Id of a webhook',
    delivery_id: 'Id of a delivery to a webhook',
  },
  config: [webhooksConfig],
  jobs: [replayJob],
  modules: {
    api: ({ eventTypes }) => [WebhooksHttpModule.forRoot(eventTypes)],
    worker: [WebhooksModule],
  },
  commands: () => [import('./events.command.js')],
  personalData: webhooksData,
  secretColumns: [webhookSecretColumn],
});
