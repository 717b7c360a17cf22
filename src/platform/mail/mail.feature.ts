import { section } from '../config/section.js';
import { defineFeature } from '../declarations/feature.js';
import { emailArea, emailConfig } from './email.config.js';
import { mailJob } from './mail-queue.js';
import { EmailModule } from './mail.module.js';

export const mail = defineFeature({
  name: 'mail',
  modules: { api: [EmailModule], worker: [EmailModule] },
  config: [section(emailArea, emailConfig)],
  jobs: [mailJob],
});
