import { defineFeature } from '../../platform/features/feature.js';
import { SignUpModule } from './sign-up.module.js';

export const signUp = defineFeature({ name: 'sign-up', modules: { api: [SignUpModule] } });
