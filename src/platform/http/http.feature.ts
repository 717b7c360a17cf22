import type { Grantee } from '../declarations/access.js';
import { accessConfig } from './access/access.config.js';
import { authConfig } from './access/auth.config.js';
import { defineFeature } from '../declarations/feature.js';
import { limitsConfig } from './limits/limits.config.js';
import { httpConfig } from './server/http.config.js';

const actions = {
  public: ['public'],
} as const satisfies Record<string, readonly Grantee[]>;

declare module '../declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

export const http = defineFeature({
  name: 'http',
  actions,
  config: [httpConfig, accessConfig, authConfig, limitsConfig],
});
