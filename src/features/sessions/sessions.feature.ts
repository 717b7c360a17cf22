import { defineFeature } from '../../platform/features/feature.js';
import { SessionsModule } from './sessions.module.js';
import { sessionData } from './sessions.personal-data.js';

export const sessions = defineFeature({
  name: 'sessions',
  modules: { api: [SessionsModule] },
  personalData: sessionData,
});
