import { defineFeature } from '../../platform/features/feature.js';
import { CleanupCommand } from './cleanup.command.js';
import { jobsData, userJobsIndex } from './jobs.personal-data.js';
import { PrivacyHttpModule, PrivacyModule } from './privacy.module.js';

export const privacy = defineFeature({
  name: 'privacy',
  modules: {
    api: (personalData) => [PrivacyModule, PrivacyHttpModule.forRoot(personalData)],
    worker: [PrivacyModule],
  },
  schemaSteps: [userJobsIndex],
  personalData: [jobsData],
  commands: [CleanupCommand],
});
