import type { Grantee } from '../../platform/declarations/access.js';
import { defineFeature } from '../../platform/declarations/feature.js';
import { userEvents } from './events/user-event.definitions.js';
import { EmailTaken, UserNotFound } from './user.errors.js';
import { usersConfig } from './users.config.js';
import { UsersHttpModule } from './users.module.js';
import { usersData } from './users.personal-data.js';

const actions = {
  'users:list': ['superuser', 'service'],
  'users:read': ['self', 'superuser', 'service'],
} as const satisfies Record<string, readonly Grantee[]>;

declare module '../../platform/declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

export const users = defineFeature({
  name: 'users',
  about: 'The account itself: fields, search, and the routes that read.',
  actions,
  problems: [UserNotFound, EmailTaken],
  events: userEvents,
  modules: { api: [UsersHttpModule] },
  config: [usersConfig],
  personalData: [usersData],
});
