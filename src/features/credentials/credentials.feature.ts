import { defineFeature } from '../../platform/declarations/feature.js';
import { InvalidCredentials, InvalidToken } from './credential.errors.js';
import { MailedTokensModule } from './credentials.module.js';
import { credentialsData } from './credentials.personal-data.js';
import { passwordTasks } from './passwords/password-hasher.js';

export const credentials = defineFeature({
  name: 'credentials',
  problems: [InvalidCredentials, InvalidToken],
  modules: { api: [MailedTokensModule], worker: [MailedTokensModule] },
  threadTasks: Object.values(passwordTasks),
  personalData: credentialsData,
});
