import { section } from '../../platform/config/section.js';
import { defineFeature } from '../../platform/features/feature.js';
import { usersArea, usersConfig } from './users.config.js';
import { UsersHttpModule } from './users.module.js';
import { usersData } from './users.personal-data.js';

export const users = defineFeature({
  name: 'users',
  modules: { api: [UsersHttpModule] },
  config: [section(usersArea, usersConfig)],
  personalData: [usersData],
});
