import { defineFeature } from '../../platform/declarations/feature.js';
import { accountMailJob } from './account-mail.js';
import { RecoveryHttpModule, RecoveryModule } from './recovery.module.js';

export const recovery = defineFeature({
  name: 'recovery',
  modules: { api: [RecoveryHttpModule], worker: [RecoveryModule] },
  jobs: [accountMailJob],
});
