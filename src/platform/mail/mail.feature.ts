import { defineFeature } from '../declarations/feature.js';
import { emailConfig } from './email.config.js';
import { mailJob } from './mail-queue.js';
import { EmailModule } from './mail.module.js';

export const mail = defineFeature({
  name: 'mail',
  about: 'Mails, their queue, and how they leave: SMTP, HTTP, a folder or the log.',
  modules: { api: [EmailModule], worker: [EmailModule] },
  config: [emailConfig],
  logFields: {
    template: 'Mail template',
  },
  jobs: [mailJob],
});
