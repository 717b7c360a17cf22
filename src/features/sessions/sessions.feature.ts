import { defineFeature } from '../../platform/features/feature.js';
import { SessionsModule } from './sessions.module.js';

export const sessions = defineFeature({ name: 'sessions', modules: { api: [SessionsModule] } });
