import { defineFeature } from '../../platform/features/feature.js';
import { CleanupCommand } from './cleanup.command.js';
import { PrivacyHttpModule, PrivacyModule } from './privacy.module.js';
import { userJobsIndex } from './user-jobs.js';

export const privacy = defineFeature({
  name: 'privacy',
  modules: { api: [PrivacyModule, PrivacyHttpModule], worker: [PrivacyModule] },
  schemaSteps: [userJobsIndex],
  commands: [CleanupCommand],
});
