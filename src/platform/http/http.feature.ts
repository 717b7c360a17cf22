import type { Grantee } from './access/access.js';
import { accessArea, accessConfig } from '../config/access.config.js';
import { authArea, authConfig } from '../config/auth.config.js';
import { section } from '../config/section.js';
import { defineFeature } from '../features/feature.js';
import { limitsArea, limitsConfig } from './limits/limits.config.js';
import { httpArea, httpConfig } from './server/http.config.js';

const actions = {
  public: ['public'],
} as const satisfies Record<string, readonly Grantee[]>;

declare module './access/access.js' {
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
