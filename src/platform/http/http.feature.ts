import type { Grantee } from '../declarations/access.js';
import { accessArea, accessConfig } from './access/access.config.js';
import { authArea, authConfig } from './access/auth.config.js';
import { section } from '../config/section.js';
import { defineFeature } from '../declarations/feature.js';
import { limitsArea, limitsConfig } from './limits/limits.config.js';
import { httpArea, httpConfig } from './server/http.config.js';

const actions = {
  public: ['public'],
} as const satisfies Record<string, readonly Grantee[]>;

declare module '../declarations/access.js' {
  interface Actions extends Record<keyof typeof actions, true> {}
}

export const http = defineFeature({
  name: 'http',
  actions,
  config: [
    section(httpArea, httpConfig),
    section(accessArea, accessConfig, { apiOnly: true }),
    section(authArea, authConfig),
    section(limitsArea, limitsConfig, { apiOnly: true }),
  ],
});
