import { defineFeature } from '../../platform/features/feature.js';
import { ProfileModule } from './profile.module.js';

export const profile = defineFeature({ name: 'profile', modules: { api: [ProfileModule] } });
