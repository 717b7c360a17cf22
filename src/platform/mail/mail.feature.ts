import type { Grantee } from '../declarations/access.js';
import { defineFeature } from '../declarations/feature.js';
import { emailConfig } from './email.config.js';
import { mailJob } from './mail-queue.js';
import { EmailHttpModule, EmailModule } from './mail.module.js';

const actions = {
  'admin:mails': ['superuser'],
} as const satisfies Record<string, readonly Grantee[]>;

declare module '../declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

export const mail = defineFeature({
  name: 'mail',
  about:
    'Mails, their templates in four languages, their queue, and how they leave: SMTP, HTTP, a folder or the log.',
  actions,
  modules: { api: [EmailModule, EmailHttpModule], worker: [EmailModule] },
  config: [emailConfig],
  logFields: {
    template: 'Mail template',
  },
  jobs: [mailJob],
  commands: () => [
    import('./mails.command.js'),
    import('./mails-preview.command.js'),
    import('./mails-send-test.command.js'),
  ],
});
