import { defineFeature } from '../../platform/features/feature.js';
import { accountMailJob } from './account-mail.js';
import { RecoveryHttpModule, RecoveryModule } from './recovery.module.js';

export const recovery = defineFeature({
  name: 'recovery',
  modules: { api: [RecoveryHttpModule], worker: [RecoveryModule] },
  jobs: [accountMailJob],
});
